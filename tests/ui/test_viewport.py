"""The geometry of looking at a picture, against literal values."""

import pytest

from pue_desktop.ui.viewport import LARGEST_ZOOM, Viewport

PHOTO = Viewport((6000, 4000), (600, 500))


def test_fitting_shows_all_of_it_in_the_middle() -> None:
    fitted = PHOTO.fitted()
    assert fitted.zoom == pytest.approx(0.1)
    assert (fitted.left, fitted.top) == (0, -500)
    assert fitted.to_view(6000, 4000) == pytest.approx((600, 450))
    assert Viewport((32, 32), (640, 480)).fitted().zoom == 15
    assert Viewport((2, 2), (640, 480)).fitted().zoom == LARGEST_ZOOM


@pytest.mark.parametrize("zoom", [0.2, 1.0, 7.3, 64.0])
def test_zooming_keeps_the_place(zoom: float) -> None:
    start = PHOTO.at_zoom(1.0, 300, 250).moved(-2500, -1700)
    place = start.to_picture(123, 321)
    assert start.at_zoom(zoom, 123, 321).to_picture(123, 321) == pytest.approx(place)


def test_zooming_has_ends() -> None:
    assert PHOTO.at_zoom(1000, 0, 0).zoom == LARGEST_ZOOM
    assert PHOTO.at_zoom(0.0001, 0, 0).zoom == pytest.approx(0.1 / 4)
    assert Viewport((32, 32), (640, 480)).at_zoom(0.0001, 0, 0).zoom == 0.25


def test_moving_stops_at_the_edges() -> None:
    view = PHOTO.at_zoom(1.0, 0, 0)
    assert (view.left, view.top) == (0, 0)
    moved = view.moved(-100, -50)
    assert (moved.left, moved.top) == (100, 50)
    assert moved.moved(1000, 1000) == view
    far = view.moved(-1e6, -1e6)
    assert (far.left, far.top) == (5400, 3500)


def test_pixels_under_a_point() -> None:
    view = PHOTO.at_zoom(2.0, 0, 0)
    assert view.pixel_at(0, 0) == (0, 0)
    assert view.pixel_at(1.99, 2) == (0, 1)
    assert view.pixel_at(600, 0) is None
    assert PHOTO.fitted().pixel_at(0, 0) is None
    assert PHOTO.fitted().pixel_at(0, 50.05) == (0, 0)


@pytest.mark.parametrize(
    ("zoom", "scale", "level"),
    [
        (2, 1, 0),
        (1, 1, 0),
        (0.51, 1, 0),
        (0.5, 1, 1),
        (0.26, 1, 1),
        (0.25, 1, 2),
        (0.1, 1, 3),
        (0.1, 2, 2),
        (1e-3, 1, 5),
    ],
)
def test_the_level_is_the_coarsest_that_is_not_enlarged(zoom: float, scale: float, level: int) -> None:
    assert Viewport((6000, 4000), (600, 500), zoom).level(6, scale) == level


def test_only_what_is_seen_is_asked_for() -> None:
    view = Viewport((6000, 4000), (600, 500), 1.0, 100.5, 200.0)
    assert view.seen(0) == (100, 200, 701, 700)
    assert view.seen(3) == (12, 25, 88, 88)
    assert view.seen(0, 0.1) == (40, 150, 761, 750)
    assert PHOTO.fitted().seen(3) == (0, 0, 750, 500)
    assert Viewport((5, 3), (600, 500)).fitted().seen(1) == (0, 0, 3, 2)


def test_resizing_keeps_the_middle() -> None:
    view = PHOTO.at_zoom(1.0, 300, 250).moved(-1000, -700)
    middle = view.to_picture(300, 250)
    assert view.resized((800, 300)).to_picture(400, 150) == pytest.approx(middle)


def test_a_point_is_brought_into_view_with_the_smallest_move() -> None:
    view = PHOTO.at_zoom(1.0, 0, 0)
    assert view.showing(10, 10) == view
    assert (view.showing(600, 10).left, view.showing(600, 10).top) == (1, 0)
    assert view.moved(-500, 0).showing(100, 0).left == 100
