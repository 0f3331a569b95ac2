from django.contrib.admin.apps import AdminConfig


class OperatorConfig(AdminConfig):
    default_site = "scorecard_site.operator.OperatorSite"
