"""What stands at the root of the site, in no language."""

from django.urls import path, register_converter

from .othernames import OtherName
from .views import albums_street, crawling, wrong

register_converter(OtherName, "othername")
urlpatterns = [
    path("robots.txt", crawling.robots, name="robots"),
    path("sitemap.xml", crawling.sitemap, name="sitemap"),
    path("sitemap-<slug:script>.xml", crawling.sitemap_of, name="sitemap_of"),
    path("pictures/<slug:token>-<int:width>.<slug:ending>", albums_street.picture, name="picture"),
    path("<othername:named>/", wrong.other_name, name="other_name"),
    path("<othername:named>/<path:rest>", wrong.other_name, name="other_name_page"),
]
