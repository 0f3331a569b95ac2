"""The one error of the methods, in English and ready for translation by the caller."""

from collections.abc import Callable, Sequence


def gettext_noop(text: str) -> str:
    """Mark a message for translation; the methods themselves know no language."""
    return text


class Elements(tuple[int, ...]):
    """Positions (from 0) of compared elements in an error's params.

    Printed from 1, or by name where :meth:`MethodError.render` is given names.
    """

    def named(self, names: Sequence[str]) -> str:
        return ", ".join(names[i] if i < len(names) else str(i + 1) for i in self)

    def __str__(self) -> str:
        return self.named(())


class Words(tuple[str, ...]):
    """Words in an error's params that are translated like its message: titles of inputs.

    Examples
    --------
    >>> str(Words(("New customers", "Prospects")))
    'New customers, Prospects'
    """

    def translated(self, translate: Callable[[str], str]) -> str:
        return ", ".join(map(translate, self))

    def __str__(self) -> str:
        return self.translated(gettext_noop)


def plain_number(value: float) -> str:
    """Write a number without an exponent where that is short: 0.15, 10, 1e+15."""
    return format(value, ".12g")


class MethodError(ValueError):
    """Input that a method refuses, with a message that a person can act on.

    Parameters
    ----------
    code : str
        Stable name of the reason, for tests and for callers that react to it.
    message : str
        English text with ``%(name)s`` places; it is the msgid of its translations.
    **params
        What goes into the places: numbers, texts, :class:`Elements` or :class:`Words`.

    Examples
    --------
    >>> error = MethodError("anchors-equal", "Both are %(worst)s.", worst=0.15)
    >>> str(error), error.code, error.params
    ('Both are 0.15.', 'anchors-equal', {'worst': 0.15})
    >>> error = MethodError("cut-off", "Compare %(elements)s too.", elements=Elements((0, 2)))
    >>> str(error)
    'Compare 1, 3 too.'
    >>> error.render(names=("Profit", "Equity", "Loyalty"))
    'Compare Profit, Loyalty too.'
    """

    def __init__(self, code: str, message: str, **params: object) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.params = params

    def render(
        self,
        translate: Callable[[str], str] = gettext_noop,
        names: Sequence[str] = (),
        number: Callable[[float], str] = plain_number,
    ) -> str:
        """Say it in another language, with names for positions and numbers in its format."""

        def show(value: object) -> str:
            if isinstance(value, Elements):
                return value.named(names)
            if isinstance(value, Words):
                return value.translated(translate)
            if isinstance(value, float):
                return number(value)
            return str(value)

        return translate(self.message) % {key: show(value) for key, value in self.params.items()}

    def __str__(self) -> str:
        return self.render()
