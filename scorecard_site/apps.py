from django.contrib.admin.apps import AdminConfig


class OperatorConfig(AdminConfig):
    default_site = "scorecard_site.operator.OperatorSite"

    def ready(self) -> None:
        super().ready()
        from scorecard_site import schema  # noqa: F401  (importing registers its check)
