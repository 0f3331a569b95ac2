from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib.auth import authenticate, password_validation
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from organizations.forms.organization import OrganizationForm
from organizations.models import User
from organizations.throttle import SIGN_IN_FROM_ADDRESS, SIGN_IN_TO_ACCOUNT, origin

Found = TypeVar("Found")

TOO_MANY = "too-many"
TOO_MANY_TRIES = _("Too many wrong tries from here. Try again later, or ask for a new password.")
GOOD_PASSWORD = _("At least 8 characters. A short sentence is easy to remember and hard to guess.")


def email_field(**kwargs: Any) -> forms.EmailField:
    kwargs.setdefault("label", _("E-mail address"))
    attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
    return forms.EmailField(max_length=254, widget=forms.EmailInput(attrs=attrs), **kwargs)


def password_field(autocomplete: str, **kwargs: Any) -> forms.CharField:
    kwargs.setdefault("label", _("Password"))
    # What was typed stays in the form after a fault elsewhere in it, except for passwords.
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(strip=False, max_length=1000, widget=widget, **kwargs)


def new_password_field() -> forms.CharField:
    return password_field("new-password", help_text=GOOD_PASSWORD)


def counted(request: HttpRequest, email: str, check: Callable[[], Found]) -> Found:
    """What ``check`` finds out about a password. ValidationError after too many wrong ones.

    The try is counted first, so that many at the same instant can't outrun the count; a right
    one doesn't count after all.
    """
    address = origin(request)
    # In this order: refused addresses must not fill the cache with accounts they make up.
    from_address = SIGN_IN_FROM_ADDRESS.take(address)
    to_account = SIGN_IN_TO_ACCOUNT.take(email.lower(), address) if from_address else None
    if not (from_address and to_account):
        raise forms.ValidationError(TOO_MANY_TRIES, code=TOO_MANY)
    found = check()
    if found:
        SIGN_IN_FROM_ADDRESS.give_back(from_address)
        SIGN_IN_TO_ACCOUNT.give_back(to_account)
    return found


class LoginForm(forms.Form):
    saves_nothing = True

    email = email_field()
    password = password_field("current-password")

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if "email" in values and "password" in values:
            self._sign_in(values["email"], values["password"])
        return values

    def _sign_in(self, email: str, password: str) -> None:
        def check() -> User | None:
            return authenticate(self.request, username=email, password=password)

        self.user = counted(self.request, email, check)
        if self.user is None:
            raise forms.ValidationError(
                _("E-mail address or password is wrong. Check both and try again.")
            )


class NewPersonForm(forms.Form):
    """Name and password of somebody whose e-mail address is known from the invitation."""

    person_name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = new_password_field()

    def __init__(self, *args: Any, email: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        check_new_password(self, values, email=self.email)
        return values


class SignUpForm(OrganizationForm):
    """A person and the organization that they begin with, in one form."""

    person_name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = email_field()
    password = new_password_field()

    field_order = ["person_name", "email", "password"]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        check_new_password(self, values, email=values.get("email", ""))
        return values


def check_new_password(form: forms.Form, values: dict[str, Any], *, email: str) -> None:
    """Neither too short nor common, nor the person's own name or address."""
    person = User(email=email, name=values.get("person_name", ""))
    try:
        if "password" in values:
            password_validation.validate_password(values["password"], person)
    except forms.ValidationError as error:
        form.add_error("password", error)


class PasswordResetForm(forms.Form):
    saves_nothing = True

    email = email_field()


class NewPasswordForm(SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # In one sentence, where Django lists what its validators refuse.
        self.fields["new_password1"].help_text = GOOD_PASSWORD
        self.fields["new_password2"].help_text = ""


class ChangePasswordForm(NewPasswordForm, PasswordChangeForm):
    """Asks for the old password first: who finds a phone unlocked may not guess it at leisure."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old_password(self) -> str:
        old = self.cleaned_data["old_password"]
        if not counted(self.request, self.user.email, lambda: self.user.check_password(old)):
            wrong = "password_incorrect"
            raise forms.ValidationError(self.error_messages[wrong], code=wrong)
        return old


class AccountForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "language"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}
        help_texts = {"language": _("Used from now on, and whenever you sign in.")}
