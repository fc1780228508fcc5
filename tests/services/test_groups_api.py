"""Groups, and the order of groups and services, over the API."""

from pytest_django.asserts import assertNumQueries
from rest_framework.test import APIClient

from services.models import Group, Service
from tests.services.conftest import ANN


def test_groups_are_made_listed_renamed_and_deleted(api: APIClient) -> None:
    made = api.post("/api/v1/groups", {"name": "Shop"})
    assert made.status_code == 201
    address = made["Location"]
    assert api.patch(address, {"name": "Store"}).json()["name"] == "Store"
    assert api.put(address, {"name": "Shop"}).json()["name"] == "Shop"
    assert api.delete(address).status_code == 204
    assert api.get("/api/v1/groups").json()["count"] == 0


def test_a_group_shows_its_services_and_lets_them_go(api: APIClient) -> None:
    group = Group.add(by=ANN, name="Shop")
    service = Service.add(by=ANN, name="Checkout", group=group)
    assert api.get(f"/api/v1/groups/{group.id}").json()["services"] == [str(service.id)]
    api.delete(f"/api/v1/groups/{group.id}")
    assert api.get(f"/api/v1/services/{service.id}").json()["group"] is None


def test_a_name_is_taken_once(api: APIClient) -> None:
    Group.add(by=ANN, name="Shop")
    assert api.post("/api/v1/groups", {"name": "Shop"}).json()["errors"] == {"name": ["Another group has this name."]}


def test_groups_are_put_into_order(api: APIClient) -> None:
    one, two = (Group.add(by=ANN, name=name) for name in ("One", "Two"))
    assert api.post("/api/v1/groups/order", {"order": [str(two.id), str(one.id)]}).status_code == 200
    assert [row["name"] for row in api.get("/api/v1/groups").json()["results"]] == ["Two", "One"]


def test_services_of_a_group_are_put_into_order(api: APIClient) -> None:
    group = Group.add(by=ANN, name="Shop")
    one, two = (Service.add(by=ANN, name=name, group=group) for name in ("One", "Two"))
    outside = Service.add(by=ANN, name="Outside")
    order = [str(two.id), str(one.id)]
    assert api.post("/api/v1/services/order", {"order": order}).json() == {"order": order}
    assert list(group.services.values_list("name", flat=True)) == ["Two", "One"]
    for wrong in ([str(one.id)], [*order, str(outside.id)], [*order, order[0]], [], ["x"], "x"):
        response = api.post("/api/v1/services/order", {"order": wrong})
        assert response.status_code == 400
        assert all(field.startswith("order") for field in response.json()["errors"])


def test_the_list_takes_a_fixed_number_of_queries(reader: APIClient) -> None:
    for number in range(8):
        Service.add(by=ANN, name=f"S{number}", group=Group.add(by=ANN, name=f"G{number}"))
    reader.get("/api/v1/groups")
    with assertNumQueries(4):  # the key, the count, the groups, their services
        assert reader.get("/api/v1/groups").json()["count"] == 8
