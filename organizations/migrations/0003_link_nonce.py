from typing import Any

from django.db import migrations, models
from django.db.models import Exists, OuterRef
from django.utils import timezone


def revoke_what_former_admins_left(apps: Any, schema_editor: Any) -> None:
    """Their invitations still let people in, themselves too; the operator's stay."""
    invitations = apps.get_model("organizations", "StaffInvitation").objects
    memberships = apps.get_model("organizations", "Membership").objects
    admin = memberships.filter(
        organization=OuterRef("organization"), user=OuterRef("invited_by"), role="admin"
    )
    pending = invitations.filter(accepted_at=None, revoked_at=None)
    left = pending.exclude(Exists(admin.filter(user__is_active=True)))
    left = left.exclude(invited_by__is_superuser=True, invited_by__is_active=True)
    left.update(revoked_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0002_reader_role"),
    ]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="link_nonce",
            field=models.CharField(blank=True, editable=False, max_length=40),
        ),
        migrations.RunPython(revoke_what_former_admins_left, migrations.RunPython.noop),
    ]
