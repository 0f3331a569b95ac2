"""The words that version 0.1.0 offered as consent. Two of their promises were not kept.

They promised that answers serve nothing else, while researchers download them, and that they are
deleted on request, which nobody could do. Kept as they were, to know them again.
"""

from surveys.models import Survey

OLD_WORDS = {
    (Survey.Kind.SCREENING, "en"): (
        "This questionnaire asks for your opinion as an expert on which KPIs show best how we "
        "treat our customers. Your answers are used to choose the KPIs of our scorecard and "
        "for nothing else. Taking part is voluntary: you can stop at any time, change your "
        "answers until you send them, and ask us to delete them."
    ),
    (Survey.Kind.PAIRWISE, "en"): (
        "This questionnaire asks for your opinion as an expert on what matters most in how we "
        "treat our customers. Your answers are used to weigh our scorecard and for nothing "
        "else. Taking part is voluntary: you can stop at any time, change your answers until "
        "you send them, and ask us to delete them."
    ),
    (Survey.Kind.SCREENING, "id"): (
        "Kuesioner ini meminta pendapat Anda sebagai pakar tentang KPI mana yang paling "
        "menunjukkan cara kami melayani pelanggan. Jawaban Anda dipakai untuk memilih KPI "
        "scorecard kami, tidak untuk hal lain. Keikutsertaan bersifat sukarela: Anda boleh "
        "berhenti kapan saja, mengubah jawaban sebelum dikirim, dan meminta kami menghapusnya."
    ),
    (Survey.Kind.PAIRWISE, "id"): (
        "Kuesioner ini meminta pendapat Anda sebagai pakar tentang apa yang paling penting dalam "
        "cara kami melayani pelanggan. Jawaban Anda dipakai untuk menghitung bobot scorecard "
        "kami, tidak untuk hal lain. Keikutsertaan bersifat sukarela: Anda dapat berhenti kapan "
        "saja, mengubah jawaban sampai Anda mengirimnya, dan meminta kami menghapusnya."
    ),
}


def old_language(survey: Survey) -> str:
    """The language of the old words that a questionnaire still has; empty for words of its own."""
    words = " ".join(survey.consent_text.split())
    found = (language for (_kind, language), old in OLD_WORDS.items() if words == old)
    return next(found, "")
