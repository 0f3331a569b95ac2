"""The expert's side: a personal link, and after "Start" addresses without the secret."""

from django.urls import path

from surveys.views.answer import again, copies, erasing, finishing, leaving, opening, pairs, saving

ROOT = "answer/<uuid:submission>/"

urlpatterns = [
    path("a/<str:link>/", opening.answer_open, name="answer-open"),
    path("answer/", opening.answer, name="answer"),
    path("answer/consent/", opening.answer_consent, name="answer-consent"),
    path("answer/decline/", leaving.answer_decline, name="answer-decline"),
    path("answer/accept/", leaving.answer_accept, name="answer-accept"),
    path("answer/erase/", erasing.answer_erase, name="answer-erase"),
    path(ROOT, opening.answer_overview, name="answer-overview"),
    path(f"{ROOT}judgements/", saving.answer_save, name="answer-save"),
    path(f"{ROOT}parts/<int:part>/", pairs.answer_part, name="answer-part"),
    path(f"{ROOT}parts/<int:part>/<int:number>/", pairs.answer_pair, name="answer-pair"),
    path(
        f"{ROOT}parts/<int:part>/consistency/",
        finishing.answer_consistency,
        name="answer-consistency",
    ),
    path(f"{ROOT}parts/<int:part>/proposal/", finishing.answer_decide, name="answer-decide"),
    path(f"{ROOT}parts/<int:part>/back/", leaving.answer_hand_back, name="answer-hand-back"),
    path(f"{ROOT}parts/<int:part>/mine/", leaving.answer_take_back, name="answer-take-back"),
    path(f"{ROOT}parts/<int:part>/again/", again.answer_again, name="answer-again"),
    path(f"{ROOT}check/", finishing.answer_check, name="answer-check"),
    path(f"{ROOT}copy/", finishing.answer_receipt, name="answer-receipt"),
    path(f"{ROOT}copy.pdf", copies.answer_copy, name="answer-copy"),
]
