from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Forms as the rest of the page: label, hint, error, field; named in ``FORM_RENDERER``."""

    form_template_name = "ui/fields.html"
    field_template_name = "ui/field.html"
