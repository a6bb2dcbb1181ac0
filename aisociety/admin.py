"""Admin for what the frameworks bring: operators, groups, tokens and schedules, in our theme."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django_celery_beat import admin as beat
from django_celery_beat import models as schedules
from rest_framework.authtoken.admin import TokenAdmin
from rest_framework.authtoken.models import TokenProxy
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from world.rest.language import say_lazily


class Users(UserAdmin, ModelAdmin):
    """Operators."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm


class Groups(GroupAdmin, ModelAdmin):
    """Groups of operators."""


class Tokens(TokenAdmin, ModelAdmin):
    """Keys to the REST doors."""


class TaskSelect(UnfoldAdminSelectWidget, beat.TaskSelectWidget):
    """The tasks that workers know."""


class TaskForm(beat.PeriodicTaskForm):
    """A periodic task."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regtask"].widget = TaskSelect()
        self.fields["task"].widget = UnfoldAdminTextInputWidget()


class Tasks(beat.PeriodicTaskAdmin, ModelAdmin):
    """What Celery beat sends, and when."""

    form = TaskForm
    list_display = ("name", "enabled", "follows", "start_time", "last_run_at", "one_off")

    @display(description=say_lazily(zh="时间表", en="schedule"))
    def follows(self, task: Any) -> str:
        """When it is sent."""
        return str(task.scheduler)

    @display(description=say_lazily(zh="时间表的含义", en="what the crontab means"))
    def crontab_translation(self, task: Any) -> str:
        """A crontab in words."""
        return str(task.crontab.human_readable) if task.crontab else "—"


class TasksOfSchedule(TabularInline):
    """The tasks that follow a schedule."""

    model = schedules.PeriodicTask
    fields = ("name", "task", "enabled")
    readonly_fields = fields
    can_delete = False
    extra = 0
    show_change_link = True

    def has_add_permission(self, request: Any, obj: Any = None) -> bool:
        return False


class Schedules(ModelAdmin):
    """When tasks are sent."""

    inlines = (TasksOfSchedule,)


class Crontabs(beat.CrontabScheduleAdmin, ModelAdmin):
    """Schedules as cron writes them."""

    inlines = (TasksOfSchedule,)


STYLED: dict[Any, type[ModelAdmin]] = {
    User: Users,
    Group: Groups,
    TokenProxy: Tokens,
    schedules.PeriodicTask: Tasks,
    schedules.CrontabSchedule: Crontabs,
    schedules.IntervalSchedule: Schedules,
    schedules.ClockedSchedule: Schedules,
    schedules.SolarSchedule: Schedules,
}
for _model, _admin in STYLED.items():
    admin.site.unregister(_model)
    admin.site.register(_model, _admin)
