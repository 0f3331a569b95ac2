"""The scorecard, its levels and scores, its KPIs."""

from scorecards.sources.source import Source

REPORTS = (
    Source(
        "likert-1932",
        ("Likert, R.",),
        1932,
        "A technique for the measurement of attitudes",
        "Archives of Psychology 140",
    ),
    Source(
        "felix-riggs-1983",
        ("Felix, G. H.", "Riggs, J. L."),
        1983,
        "Productivity measurement by objectives",
        "National Productivity Review 2(4), 386–393",
    ),
    Source(
        "faridz-2011",
        ("Faridz, R.", "Burhan", "Wijayantie, A. E."),
        2011,
        "Pengukuran dan analisis produktivitas produksi dengan metode Objective Matrix (OMAX) di "
        "PG. Krebet Baru Malang",
        "Agrointek 5(2), 80–87",
        language="id",
    ),
    Source(
        "nardo-2008",
        ("Nardo, M.", "Saisana, M.", "Saltelli, A.", "Tarantola, S."),
        2008,
        "Handbook on Constructing Composite Indicators: Methodology and User Guide",
        "OECD and Joint Research Centre",
        "10.1787/9789264043466-en",
    ),
    Source(
        "kim-suh-hwang-2003",
        ("Kim, J.", "Suh, E.", "Hwang, H."),
        2003,
        "A model for evaluating the effectiveness of CRM using the balanced scorecard",
        "Journal of Interactive Marketing 17(2), 5–19",
        "10.1002/dir.10051",
    ),
    Source(
        "kim-kim-2007",
        ("Kim, H.-S.", "Kim, Y.-G."),
        2007,
        "A study on developing CRM scorecard",
        "Proceedings of the 40th Hawaii International Conference on System Sciences",
    ),
    Source(
        "kaplan-norton-1992",
        ("Kaplan, R. S.", "Norton, D. P."),
        1992,
        "The balanced scorecard: measures that drive performance",
        "Harvard Business Review 70(1), 71–79",
    ),
    Source(
        "berger-nasr-1998",
        ("Berger, P. D.", "Nasr, N. I."),
        1998,
        "Customer lifetime value: marketing models and applications",
        "Journal of Interactive Marketing 12(1), 17–30",
        "10.1002/(SICI)1520-6653(199824)12:1<17::AID-DIR3>3.0.CO;2-K",
    ),
    Source(
        "reichheld-sasser-1990",
        ("Reichheld, F. F.", "Sasser, W. E."),
        1990,
        "Zero defections: quality comes to services",
        "Harvard Business Review 68(5), 105–111",
    ),
)
