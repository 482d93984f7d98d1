"""Mesa's page, rendered without a browser: its buttons move the model, its plot is a picture."""

from __future__ import annotations

import pytest

from model.worlds import small_world
from rebound_sim.model import BasinModel

pytest.importorskip("ipyvuetify", reason="Mesa's page is the extra [page]")
pytest.importorskip("solara", reason="Mesa's page is the extra [page]")
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def model() -> BasinModel:
    return BasinModel(small_world(months=6), "rebond", seed=1)


def test_the_page_of_readme_renders(model: BasinModel) -> None:
    import solara
    from mesa.visualization import SolaraViz, make_plot_component

    page = SolaraViz(model, components=[make_plot_component("unemployment_rate")], name="a basin")
    _, context = solara.render(page, handle_error=False)
    context.close()


def test_its_step_button_simulates_one_month_and_its_plot_is_drawn(model: BasinModel) -> None:
    import ipyvuetify
    import ipywidgets
    import solara
    from mesa.visualization import make_plot_component
    from mesa.visualization.solara_viz import ModelController

    @solara.component
    def controls() -> None:
        ModelController(
            shown,
            model_parameters={},
            play_interval=solara.reactive(1),
            render_interval=solara.reactive(1),
            use_threads=solara.reactive(False),
        )

    shown = solara.reactive(model)
    _, context = solara.render(controls(), handle_error=False)
    buttons = {button.children[0]: button for button in context.find(ipyvuetify.Btn).widgets}
    buttons["Step"].click()
    context.close()
    assert model.steps == 1

    made = make_plot_component("unemployment_rate")
    component = made[0] if isinstance(made, tuple) else made
    _, context = solara.render(component(model), handle_error=False)
    picture = bytes(context.find(ipywidgets.Image).widget.value)
    assert picture.startswith(b"\x89PNG")
    context.close()
