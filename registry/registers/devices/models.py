"""Models of devices and how long their makers support them."""

from models.device_model import DeviceModel
from registry.definition import Question, Register, Section
from registry.registers.devices import ACCESS

MODELS = Register(
    slug="device-models",
    table=DeviceModel,
    one="model",
    many="models",
    about="What the school has several of, with the last day of its maker’s support: every device of the model is judged by it.",
    access=ACCESS,
    sections=(
        Section(
            "The model",
            Question(DeviceModel.name, "What is the model called?", short="Model", listed=True, hint="As the maker calls it."),
            Question(DeviceModel.make, "Who makes it?", short="Make", listed=True, hint="Such as Dell, Apple or Lenovo."),
            Question(DeviceModel.kind, "What kind of device is it?", short="Kind", listed=True, filtered=True, hint="What it is used as."),
            Question(DeviceModel.support_end_on, "Until when does the maker support it?", short="Supported until", listed=True,
                     hint="The last day with security updates. Leave it empty while nobody knows."),
            Question(DeviceModel.source, "Where is that said?", short="Source", hint="The maker’s page."),
            Question(DeviceModel.checked_on, "When was that last looked up?", short="Looked up", listed=True, hint="Makers change their dates."),
        ),
    ),
)
