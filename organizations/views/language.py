from django.conf import settings
from django.http import HttpResponse


def set_language(response: HttpResponse, language: str) -> HttpResponse:
    """From the next page on in this language, as `set_language` of the page's head does it."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response
