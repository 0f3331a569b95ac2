"""Lists of names in a sentence."""

from django.utils import translation

from organizations.names import MOST_NAMED, named, named_by_code


def test_names_are_parted_so_that_one_sees_where_each_ends():
    assert named(["C-1", "C-2"]) == "C-1, C-2"
    assert named(["Sri, S.E., M.M.", "Budi"]) == "Sri, S.E., M.M.; Budi"


def test_of_many_the_first_are_named():
    with translation.override("id"):
        assert (
            named([str(each) for each in range(MOST_NAMED + 2)]) == "0, 1, 2, 3, 4, 5 dan 2 lainnya"
        )


def test_people_are_named_where_they_may_be():
    assert named_by_code(["P1", "P2"], {"P1": "Sri"}) == "P1 Sri, P2"
