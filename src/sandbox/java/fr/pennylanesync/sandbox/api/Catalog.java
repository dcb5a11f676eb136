package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.Customer;
import fr.pennylanesync.sandbox.books.ExportKind;
import fr.pennylanesync.sandbox.books.Feed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every operation that the sandbox serves. */
public final class Catalog {

    /** The name of the features, each a record of name and value. */
    public static final String FEATURES = "company_features";

    private static final Map<String, Resource<?>> RESOURCES = resources();
    private static final List<ApiEndpoint> ENDPOINTS = endpoints();

    private Catalog() {}

    /** The resources by stream name. */
    public static Map<String, Resource<?>> byName() {
        return RESOURCES;
    }

    /** The operation of a method and path. */
    public static Optional<ApiEndpoint> find(String method, List<String> path) {
        return ENDPOINTS.stream().filter(endpoint -> endpoint.method().equals(method) && endpoint.matches(path))
                .findFirst();
    }

    /** Whether any operation has this path: the others are then not allowed. */
    public static boolean knows(List<String> path) {
        return ENDPOINTS.stream().anyMatch(endpoint -> endpoint.matches(path));
    }

    public static List<ApiEndpoint> all() {
        return ENDPOINTS;
    }

    /** Whether the company has the feature that the resource belongs to. */
    public static boolean isServed(Resource<?> resource, Books books) {
        return books.profile().proAccount() || !needsProAccount(resource);
    }

    /** The company's features, as records. */
    public static List<ObjectNode> features(Books books) {
        return Identity.features(books.profile()).properties().stream()
                .map(feature -> JsonNodeFactory.instance.objectNode().put("name", feature.getKey())
                        .<ObjectNode>set("value", feature.getValue()))
                .toList();
    }

    private static boolean needsProAccount(Resource<?> resource) {
        return resource.path().startsWith("/pro_account/");
    }

    private static Map<String, Resource<?>> resources() {
        Map<String, Resource<?>> resources = new LinkedHashMap<>();
        Stream.of(ThirdPartyResources.all(), SalesResources.all(), PurchaseResources.all(), BankResources.all(),
                LedgerResources.all(), ContractResources.all(), ContractResources.proAccount()).flatMap(List::stream)
                .forEach(resource -> resources.put(resource.name(), resource));
        return resources;
    }

    private static List<ApiEndpoint> endpoints() {
        List<ApiEndpoint> endpoints = new ArrayList<>(special());
        for (Resource<?> resource : RESOURCES.values()) {
            resource.endpoints().forEach(endpoint -> endpoints.add(needsProAccount(resource) ? guarded(endpoint)
                    : endpoint.template().equals("/customer_invoices") ? including(endpoint) : endpoint));
        }
        endpoints.sort(Comparator.comparingLong(ApiEndpoint::idCount));
        return List.copyOf(endpoints);
    }

    private static List<ApiEndpoint> special() {
        Resource<?> customers = RESOURCES.get("customers");
        SandboxScopes scopes = customers.scopes();
        List<ApiEndpoint> endpoints = new ArrayList<>(List.of(
                ApiEndpoint.get("/me", SandboxScopes.NONE, null, Identity::me),
                ApiEndpoint.get("/company/features", SandboxScopes.NONE, null, Identity::features),
                ApiEndpoint.get("/trial_balance", SandboxScopes.of("trial_balance"), null, TrialBalance::answer),
                ApiEndpoint.get("/customers/{id}/contacts/{id}", scopes, customers, Catalog::contact),
                ApiEndpoint.get("/company_customers/{id}", scopes, customers, call -> customer(call, true)),
                ApiEndpoint.get("/individual_customers/{id}", scopes, customers, call -> customer(call, false))));
        for (Feed feed : Feed.values()) {
            endpoints.add(ApiEndpoint.get("/changelogs/" + feed.path(), SandboxScopes.of(feed.scopeDomain()), null,
                    call -> Changelogs.answer(call, feed)));
        }
        for (ExportKind kind : ExportKind.values()) {
            endpoints.addAll(Exports.endpoints(kind));
        }
        return endpoints;
    }

    private static ApiEndpoint guarded(ApiEndpoint endpoint) {
        return replaced(endpoint, handler -> call -> {
            if (!isServed(endpoint.subject(), call.books())) {
                throw Problem.notFound();
            }
            return handler.apply(call);
        });
    }

    private static ApiEndpoint including(ApiEndpoint endpoint) {
        return replaced(endpoint, handler -> call -> IncludedLines.add(call, handler.apply(call)));
    }

    private static ApiEndpoint replaced(ApiEndpoint endpoint,
            Function<Function<ApiCall, ObjectNode>, Function<ApiCall, ObjectNode>> change) {
        return new ApiEndpoint(endpoint.method(), endpoint.segments(), endpoint.scopes(), endpoint.subject(),
                change.apply(endpoint.handler()));
    }

    private static ObjectNode customer(ApiCall call, boolean company) {
        BiFunction<Customer, View, ObjectNode> json = ThirdPartyJson::customerWithoutType;
        return call.books().customers().find(call.id()).filter(customer -> customer.isCompany() == company)
                .map(customer -> json.apply(customer, call.view()))
                .orElseThrow(() -> Problem.noSuchRecord("Customer", call.id()));
    }

    private static ObjectNode contact(ApiCall call) {
        Customer customer = call.books().customers().find(call.id())
                .orElseThrow(() -> Problem.noSuchRecord("Customer", call.id()));
        return customer.contacts().stream().filter(contact -> contact.id() == call.ids().get(1)).findFirst()
                .map(contact -> ThirdPartyJson.contact(contact, call.view())).orElseThrow(Problem::notFound);
    }
}
