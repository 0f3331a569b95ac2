import pickle

import pytest

from scorecards.methods.errors import Elements, MethodError
from scorecards.methods.omax import Ladder


def test_an_error_speaks_english_by_itself():
    with pytest.raises(MethodError) as caught:
        Ladder(0.15, 0.15, 0.25)
    assert str(caught.value).startswith("The values of level 0 and level 3 are both 0.15.")
    assert caught.value.code == "anchors-equal"
    assert caught.value.params == {"worst": 0.15, "standard": 0.15, "goal": 0.25}


def test_an_error_is_rendered_in_another_language_and_number_format():
    error = MethodError("anchors-equal", "Both are %(worst)s.", worst=0.15)
    indonesian = {"Both are %(worst)s.": "Keduanya %(worst)s."}
    said = error.render(indonesian.__getitem__, number=lambda n: str(n).replace(".", ","))
    assert said == "Keduanya 0,15."


def test_positions_are_printed_from_one_or_by_name():
    error = MethodError("cut-off", "Compare %(elements)s.", elements=Elements((0, 2)))
    assert str(error) == "Compare 1, 3."
    assert str(error.params["elements"]) == "1, 3"
    assert error.render(names=("Profit", "Equity", "Loyalty")) == "Compare Profit, Loyalty."
    assert error.render(names=("Profit",)) == "Compare Profit, 3."


def test_an_error_survives_pickling():
    error = pickle.loads(pickle.dumps(MethodError("some-code", "Is %(level)s.", level=2.0)))  # noqa: S301
    assert (error.code, str(error)) == ("some-code", "Is 2.")
