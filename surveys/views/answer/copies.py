"""The expert's own copy as a file."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from surveys.access import get_response
from surveys.exports.answers_pdf import answers_pdf
from surveys.views.answer.door import expert_page


@expert_page
@require_safe
def answer_copy(request: HttpRequest, submission: UUID) -> HttpResponse:
    """As PDF, with what counts now."""
    response = get_response(request, submission)
    if response.submitted_at is None:
        return redirect("surveys:answer")
    file = HttpResponse(answers_pdf(response), content_type="application/pdf")
    name = f"{_('answers')}-{response.reference}.pdf"
    file.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return file
