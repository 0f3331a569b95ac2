"""Published studies beside what the site computes from their tables. No row is read."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from surveys.studies.catalog import all_studies, find_study


@login_not_required
@require_safe
def study_list(request: HttpRequest) -> HttpResponse:
    return render(request, "surveys/study_list.html", {"studies": all_studies()})


@login_not_required
@require_safe
def study(request: HttpRequest, study_id: str) -> HttpResponse:
    found = find_study(study_id)
    if found is None:
        raise Http404
    return render(request, "surveys/study_detail.html", {"study": found})
