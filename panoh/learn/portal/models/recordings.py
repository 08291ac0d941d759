"""What an editor says about the recordings of a page: names of files that stand in the folder of the content."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Recorded(models.Model):
    """A column for each field of ``recordings.FIELDS``. The files themselves come with the content, never by a form."""

    audio = models.CharField(_("sound file"), max_length=100, blank=True)
    audio_transcript = models.TextField(_("words of the sound file"), blank=True)
    video = models.CharField(_("video file"), max_length=100, blank=True)
    video_captions = models.CharField(_("captions of the video"), max_length=100, blank=True)
    video_transcript = models.TextField(_("words of the video"), blank=True)
    video_poster = models.CharField(_("picture before the video begins"), max_length=100, blank=True)
    sign_video = models.CharField(_("video in sign language"), max_length=100, blank=True)
    sign_video_captions = models.CharField(_("captions of the video in sign language"), max_length=100, blank=True)
    sign_video_transcript = models.TextField(_("words of the video in sign language"), blank=True)
    sign_video_poster = models.CharField(_("picture before the video in sign language"), max_length=100, blank=True)

    class Meta:
        abstract = True
