"""Who takes part and who runs the panel: users, panels, panelists, invitations."""

import zoneinfo
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panelists.public_ids import new_public_id
from panelists.regions import region_name


class UserManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **fields):
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields):
        return self.create_user(
            email, password, **{"is_staff": True, "is_superuser": True, **fields}
        )

    def get_by_natural_key(self, email: str):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can sign in, by e-mail address: a panelist, staff, or both."""

    public_id = models.CharField(
        max_length=16, unique=True, default=new_public_id, editable=False
    )
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_staff = models.BooleanField(
        _("staff"),
        default=False,
        help_text=_("Works for the panel. Two-step sign-in is required of staff."),
    )
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Clear this instead of deleting someone who has left."),
    )
    date_joined = models.DateTimeField(_("joined at"), default=timezone.now)

    objects = UserManager()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_is_unique",
                violation_error_message=_("Someone has this e-mail address already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        super().clean()
        self.email = type(self).objects.normalize_email(self.email)


def display_name(user: User) -> str:
    """What the pages call a user: the name given, else the address."""
    return user.name or user.email


def valid_time_zone(value: str) -> None:
    if value not in zoneinfo.available_timezones():
        raise ValidationError(_("Use a time zone such as America/New_York."))


class Panel(models.Model):
    """One country's panel: its money, clock, language and size."""

    public_id = models.CharField(
        max_length=16, unique=True, default=new_public_id, editable=False
    )
    name = models.CharField(_("name"), max_length=120, unique=True)
    country = models.CharField(
        _("country"),
        max_length=2,
        validators=[RegexValidator(r"^[A-Z]{2}\Z", _("Two capitals, as in US."))],
        help_text=_("ISO 3166 code, such as US."),
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Three capitals, as in USD."))],
        help_text=_("ISO 4217 code, such as USD."),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        validators=[valid_time_zone],
        help_text=_("Decides which day and month it is, such as America/New_York."),
    )
    locale = models.CharField(
        _("locale"),
        max_length=12,
        validators=[RegexValidator(r"^[a-z]{2}_[A-Z]{2}\Z", _("As in en_US."))],
        help_text=_("How its receipts write dates and amounts, such as en_US."),
    )
    language = models.CharField(_("language"), max_length=8, default="en")
    capacity = models.PositiveIntegerField(
        _("capacity"), help_text=_("The most panelists that can belong at one time.")
    )
    minimum_age = models.PositiveSmallIntegerField(
        _("minimum age"), default=18, validators=[MinValueValidator(13)]
    )
    is_open = models.BooleanField(
        _("open"), default=True, help_text=_("Invitations can be accepted.")
    )
    minimum_cell = models.PositiveSmallIntegerField(
        _("minimum cell"),
        default=10,
        validators=[MinValueValidator(5)],
        help_text=_("No figure is shown of fewer people than this."),
    )
    survey_cap = models.PositiveSmallIntegerField(
        _("surveys in 30 days"),
        null=True,
        blank=True,
        default=8,
        validators=[MinValueValidator(1)],
        help_text=_(
            "A panelist is asked to answer no more surveys than this in 30 days. "
            "Empty: as many as there are."
        ),
    )

    class Meta:
        verbose_name = _("panel")
        verbose_name_plural = _("panels")
        permissions = [
            ("use_admin", "Can use the admin"),
            ("author_surveys", "Can author surveys"),
            ("view_insights", "Can view insights"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(minimum_age__gte=13), name="panel_minimum_age_is_lawful"
            ),
            models.CheckConstraint(
                condition=Q(minimum_cell__gte=5),
                name="panel_minimum_cell_is_a_group",
                violation_error_message=_("The minimum cell is at least 5 people."),
            ),
            models.CheckConstraint(
                condition=Q(survey_cap=None) | Q(survey_cap__gte=1),
                name="panel_survey_cap_asks_somebody",
                violation_error_message=_("At least one survey, or none given."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def today(self, at: datetime | None = None) -> date:
        """The calendar day in the panel's time zone."""
        return (at or timezone.now()).astimezone(self.zone).date()

    def month(self, at: datetime | None = None) -> date:
        """The first day of the calendar month in the panel's time zone."""
        return self.today(at).replace(day=1)


class TermsVersion(models.Model):
    """The terms that panelists agreed to, by name and version; never edited."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="terms")
    version = models.CharField(_("version"), max_length=20)
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"))
    valid_from = models.DateTimeField(_("valid from"))

    class Meta:
        verbose_name = _("terms version")
        verbose_name_plural = _("terms versions")
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "version"], name="terms_version_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


class PanelistQuerySet(models.QuerySet):
    def active(self):
        return self.filter(left_at=None)


class Panelist(models.Model):
    """A person's membership of a panel."""

    public_id = models.CharField(
        max_length=16, unique=True, default=new_public_id, editable=False
    )
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="panelist")
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="panelists")
    born_on = models.DateField(_("date of birth"))
    region = models.CharField(
        _("region"),
        max_length=6,
        blank=True,
        help_text=_("ISO 3166-2 code of the state or province, such as US-NY."),
    )
    wants_survey_mail = models.BooleanField(
        _("survey invitations by e-mail"), default=True
    )
    joined_at = models.DateTimeField(_("joined at"), default=timezone.now)
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)

    objects = PanelistQuerySet.as_manager()

    class Meta:
        verbose_name = _("panelist")
        verbose_name_plural = _("panelists")
        constraints = [
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("joined_at")),
                name="panelist_leaves_after_joining",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_active(self) -> bool:
        return self.left_at is None

    @property
    def region_name(self) -> str:
        return region_name(self.region)


class Consent(models.Model):
    """That a panelist agreed to one version of the terms, and when; never edited."""

    panelist = models.ForeignKey(
        Panelist, on_delete=models.PROTECT, related_name="consents"
    )
    terms = models.ForeignKey(TermsVersion, on_delete=models.PROTECT)
    agreed_at = models.DateTimeField(_("agreed at"), default=timezone.now)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["panelist", "terms"], name="consent_is_given_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.panelist}: {self.terms}"


class InvitationQuerySet(models.QuerySet):
    def open(self, at: datetime | None = None):
        return self.filter(
            accepted_at=None, revoked_at=None, expires_at__gt=at or timezone.now()
        )


class Invitation(models.Model):
    """Lets one person, at one address, join a panel once, until it expires.

    Only the SHA-256 of its secret is stored: a copy of the database opens nothing.
    """

    public_id = models.CharField(
        max_length=16, unique=True, default=new_public_id, editable=False
    )
    panel = models.ForeignKey(
        Panel, on_delete=models.PROTECT, related_name="invitations"
    )
    email = models.EmailField(_("e-mail address"))
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty: the system, when the demo was set up."),
    )
    invited_at = models.DateTimeField(_("invited at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    accepted_by = models.OneToOneField(
        Panelist,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitation",
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        permissions = [("invite_panelist", "Can invite panelists")]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_at_and_by_go_together",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="invitation_revoked_at_and_by_go_together",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None),
                name="invitation_is_not_both_accepted_and_revoked",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")),
                name="invitation_expires_after_it_is_made",
            ),
            models.UniqueConstraint(
                "panel",
                Lower("email"),
                condition=Q(accepted_at=None, revoked_at=None),
                name="invitation_is_the_only_open_one",
                violation_error_message=_(
                    "This address has an invitation already. Revoke it first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= timezone.now()


class WaitlistEntry(models.Model):
    """Someone who would like to be invited."""

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="waitlist")
    email = models.EmailField(_("e-mail address"))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)

    class Meta:
        verbose_name = _("waitlist entry")
        verbose_name_plural = _("waitlist")
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                "panel", Lower("email"), name="waitlist_address_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
