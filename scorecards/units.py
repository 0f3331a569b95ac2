"""What a unit's name gives away: whether it is money, counts whole things, or has decimals.

Reading a number depends on it: 1.500 people are fifteen hundred, 1.500 percent may be 1.5.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from math import prod

THOUSAND, MILLION = 10**3, 10**6
BILLION, TRILLION = 10**9, 10**12

# As people write them, in both languages. An Indonesian "M" is a billion, an English one a
# million: what a lone letter means is decided by who reads (numbers.py).
MAGNITUDES = {
    **dict.fromkeys(("ribu", "rb", "rbu", "thousand"), THOUSAND),
    **dict.fromkeys(("juta", "jt", "jta", "mio", "million", "mln"), MILLION),
    **dict.fromkeys(("miliar", "milyar", "milliar", "milyard", "mlyr", "billion", "bn"), BILLION),
    **dict.fromkeys(("triliun", "trilyun", "triliyun", "trillion"), TRILLION),
}
SPELLED = {THOUSAND: "ribu", MILLION: "juta", BILLION: "miliar", TRILLION: "triliun"}
IN_UNITS = MAGNITUDES | {
    **dict.fromkeys(("ribuan", "thousands"), THOUSAND),
    **dict.fromkeys(("jutaan", "millions"), MILLION),
    **dict.fromkeys(("miliaran", "milyaran", "billions", "m"), BILLION),
}

CURRENCY = {"rp", "idr", "rupiah"}
PERCENT = {"%", "persen", "persentase", "percent", "percentage", "pct"}
# Their decimals matter, whatever number of them is shown.
RATIOS = {"rasio", "ratio", "indeks", "index", "skor", "score", "skala", "scale", "rata", "rerata"}
RATIOS |= {"average", "mean", "rating", "bintang", "stars", "koefisien", "coefficient"}
# Nobody has half of one. In Indonesian the first word says what is counted (keluhan anggota),
# in English the last one (new customers).
THINGS_FIRST = set(
    # People.
    """orang org jiwa anggota pelanggan konsumen nasabah pembeli peserta responden calon tamu
    pengunjung pengguna pengikut karyawan pegawai staf pekerja pengurus pengawas pakar relawan
    petani nelayan perajin pengrajin siswa mahasiswa mitra pemasok agen reseller distributor
    vendor pelaku umkm usaha kelompok keluarga kk member follower
    """.split()
    # Things.
    + """unit buah biji pcs pc item lembar helai eksemplar potong pasang botol kotak dus karung
    sak bungkus kemasan produk barang jenis varian macam toko kios gerai outlet cabang kantor
    sarana mesin titik akun rekening sertifikat dokumen surat laporan artikel postingan konten
    desain merek saham pohon ekor desa kota
    """.split()
    # What happens.
    + """transaksi pesanan order kunjungan keluhan komplain pengaduan saran masukan ulasan
    testimoni panggilan pesan chat pertanyaan jawaban kegiatan acara event pelatihan
    kursus rapat pertemuan kampanye promosi program pameran kerjasama kontrak kasus kejadian
    insiden kesalahan retur inovasi ide klik unduhan tayangan proyek
    """.split()
)
THINGS_LAST = set(
    """people persons members customers clients consumers buyers participants respondents
    visitors guests users followers employees workers partners suppliers agents vendors units
    items pieces boxes bottles products goods kinds variants shops outlets stores branches
    facilities points accounts certificates documents letters reports posts transactions orders
    visits complaints suggestions reviews calls messages questions answers activities events
    trainings meetings campaigns promotions programs fairs cooperations contracts cases
    incidents errors returns innovations ideas clicks downloads views projects
    """.split()
)
HOW_MANY = {"jumlah", "banyaknya", "total"}
# The share of one thing among others is no whole number of it: orang/bulan, complaints per order.
PER = re.compile(r"/|\s(?:per|tiap|setiap)\s", re.IGNORECASE)
WORDS = re.compile(r"[^\W\d_]+|%")


class UnitKind(StrEnum):
    """What the number counts, as far as it decides how a text is read."""

    COUNT = "count"  # nothing but whole numbers: progress, the answers to a questionnaire
    THINGS = "things"  # people, complaints: whole, but a target or a mean of them may not be
    MONEY = "money"  # rupiah, seldom with sen
    PERCENT = "percent"
    RATIO = "ratio"  # decimals matter, whatever number of them is shown
    NUMBER = "number"


@dataclass(frozen=True)
class Unit:
    """``scale``: how much one of it is, a million in "juta rupiah". ``takes_currency``: whether Rp
    may stand with it. ``names``: what may stand behind the number and says nothing new;
    ``scaled_name`` is the one that says the scale too."""

    kind: UnitKind
    name: str = ""
    scale: int = 1
    takes_currency: bool = False
    names: tuple[str, ...] = ()
    scaled_name: str = ""

    @classmethod
    def of_kind(cls, kind: UnitKind | str) -> "Unit":
        """A unit that has a kind and no name."""
        kind = UnitKind(kind)
        names = PERCENT if kind is UnitKind.PERCENT else ()
        return cls(kind, takes_currency=kind is UnitKind.MONEY, names=_longest_first(*names))

    @property
    def is_scaled_money(self) -> bool:
        return self.scale > 1 and self.takes_currency

    @property
    def magnitude(self) -> str:
        return SPELLED.get(self.scale, "")

    def amount(self, value: Decimal) -> Decimal:
        """How much so many of it are: 1.5 in "juta rupiah" are 1,500,000."""
        return value * self.scale


@lru_cache(maxsize=1000)
def unit_of(name: str) -> Unit:
    """The unit that a name stands for. Without a name it may be anything, money too."""
    plain = " ".join(name.casefold().split())
    counted = counted_part(plain)
    words = WORDS.findall(counted.replace("kerja sama", "kerjasama"))
    is_money = bool(CURRENCY & set(words))
    # "m" is the metre, and a billion only beside rupiah.
    scales = {
        word: IN_UNITS[word] for word in words if word in IN_UNITS and (word != "m" or is_money)
    }
    scale = prod(scales.values())
    kind = _kind(words, is_money=is_money and scale == 1, is_mean=counted != plain or scale > 1)
    own = " ".join(word for word in words if word not in scales) if scales else plain
    names = {own, plain.removeprefix(counted).strip()} - CURRENCY
    names |= PERCENT if kind is UnitKind.PERCENT else set()
    if kind is UnitKind.THINGS:
        names.add(words[0])
    return Unit(
        kind,
        name.strip(),
        scale,
        takes_currency=is_money or not plain,
        names=_longest_first(*names),
        scaled_name=plain if scale in SPELLED else "",
    )


def counted_part(name: str) -> str:
    """What stands above the stroke: "Rp" of "Rp/orang"."""
    return PER.split(name, maxsplit=1)[0].strip()


def unit_kind_of(unit: str) -> UnitKind:
    """The kind that a unit's name gives away. "juta rupiah" counts millions: a plain number."""
    return unit_of(unit).kind


def _kind(words: list[str], *, is_money: bool, is_mean: bool) -> UnitKind:
    if is_money:
        return UnitKind.MONEY
    if PERCENT & set(words):
        return UnitKind.PERCENT
    if words and words[0] in RATIOS:
        return UnitKind.RATIO
    rest = words[1:] if words[:1] and words[0] in HOW_MANY else words
    counts = bool(rest) and (rest[0] in THINGS_FIRST or rest[-1] in THINGS_LAST)
    return UnitKind.THINGS if counts and not is_mean else UnitKind.NUMBER


def _longest_first(*names: str) -> tuple[str, ...]:
    return tuple(sorted(filter(None, names), key=len, reverse=True))
