"""The three studies, each built once: they depend on nothing but the shipped tables."""

from collections.abc import Callable
from functools import cache

from surveys.studies.bayat import bayat
from surveys.studies.lasem import lasem
from surveys.studies.loocs import loocs
from surveys.studies.study import Study

BUILDERS: dict[str, Callable[[], Study]] = {
    "batik-lasem": lasem,
    "batik-bayat": bayat,
    "toko-loocs": loocs,
}


@cache
def _built(study_id: str) -> Study:
    return BUILDERS[study_id]()


def find_study(study_id: str) -> Study | None:
    return _built(study_id) if study_id in BUILDERS else None


def all_studies() -> tuple[Study, ...]:
    return tuple(map(_built, BUILDERS))
