"""What a list of experts consists of, and by which words its columns are known."""

from functools import cache

from scorecards.interchange.schema import Column
from scorecards.interchange.sheets import in_every_language, normal
from surveys.models import Invitation

MOST_EXPERTS = 500
# A line without headers has its cells in this order.
KEYS = ("name", "position", "institution", "email", "weight")
COLUMNS = {key: Column(key, Invitation._meta.get_field(key)) for key in KEYS}
# How people head such columns in their own lists, besides our own words in both languages.
ALSO_CALLED = {
    "name": "nama|nama lengkap|nama pakar|full name|expert",
    "position": "jabatan|posisi|pekerjaan|job title|title",
    "institution": "instansi|lembaga|institusi|asal|unit kerja|organisasi|organization|company",
    "email": "surel|email|e-mail|mail|alamat surel|alamat email|alamat e-mail|email address",
    "weight": "bobot|bobot pakar|bobot ahli|expert weight",
}


@cache
def headers() -> dict[str, str]:
    """Header, in either language -> key."""
    found: dict[str, str] = {}
    for key, column in COLUMNS.items():
        ours = in_every_language(lambda column=column: column.label)
        theirs = (normal(word) for word in ALSO_CALLED[key].split("|"))
        found |= dict.fromkeys([key, *ours, *theirs], key)
    return found
