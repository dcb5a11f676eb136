package fr.pennylanesync.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.sandbox.api.ApiCall;
import fr.pennylanesync.sandbox.api.ListPage;
import fr.pennylanesync.sandbox.fault.FaultKind;
import fr.pennylanesync.sandbox.fault.Faults;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Makes pages untrue as the fault plan says: each is in order, and only other answers show that it is wrong. */
final class Lies {

    private static final List<String> AMOUNTS =
            List.of("currency_amount", "debit", "credit", "amount", "price_before_tax");
    private static final BigDecimal CENT = new BigDecimal("0.01");

    private record Served(long companyId, List<? extends JsonNode> items) {}

    private final Faults faults;
    /** The newest page of each path, and the newest of another company than that one's. */
    private final Map<String, Served> newest = new ConcurrentHashMap<>();
    private final Map<String, Served> others = new ConcurrentHashMap<>();

    Lies(Faults faults) {
        this.faults = faults;
    }

    ListPage apply(ApiCall call, ListPage page) {
        long companyId = call.books().companyId();
        Optional<Served> foreign = foreign(call.path(), companyId);
        ListPage told = faults.strike(FaultKind.Stage.LIE, call.path(), companyId,
                kind -> kind == FaultKind.BLIND_FILTER ? isByCategory(call) : applies(kind, page, foreign))
                .map(rule -> tell(rule.kind(), page, foreign)).orElse(page);
        remember(call.path(), new Served(companyId, page.items()));
        return told;
    }

    boolean cutsIncluded(ApiCall call) {
        return faults.strike(FaultKind.Stage.LIE, call.path(), call.books().companyId(),
                kind -> kind == FaultKind.CUT_INCLUDE).isPresent();
    }

    private static boolean isByCategory(ApiCall call) {
        return call.parameters().text("filter").filter(filter -> filter.contains("category_id")).isPresent();
    }

    private Optional<Served> foreign(String path, long companyId) {
        return Optional.ofNullable(newest.get(path)).filter(served -> served.companyId() != companyId)
                .or(() -> Optional.ofNullable(others.get(path)).filter(served -> served.companyId() != companyId));
    }

    private void remember(String path, Served served) {
        if (!faults.plans(FaultKind.FOREIGN_PAGE) || served.items().isEmpty()) {
            return;
        }
        Served before = newest.put(path, served);
        if (before != null && before.companyId() != served.companyId()) {
            others.put(path, before);
        }
    }

    private static boolean applies(FaultKind kind, ListPage page, Optional<Served> foreign) {
        return switch (kind) {
            case CUT_LIST -> page.items().size() > 1;
            case ALTERED_AMOUNT -> !page.items().isEmpty() && amount(middle(page)).isPresent();
            case FOREIGN_PAGE -> foreign.isPresent() && !page.items().isEmpty();
            case CUT_INCLUDE -> false;
            default -> !page.items().isEmpty();
        };
    }

    private static ListPage tell(FaultKind kind, ListPage page, Optional<Served> foreign) {
        List<JsonNode> items = new ArrayList<>(page.items());
        int middle = items.size() / 2;
        return switch (kind) {
            case EMPTY_LIST -> page.withItems(List.of()).ending();
            case CUT_LIST -> page.withItems(items.subList(0, middle)).ending();
            case MISSING_ITEM -> {
                items.remove(middle);
                yield page.withItems(items);
            }
            case ALTERED_AMOUNT -> {
                items.set(middle, altered(items.get(middle)));
                yield page.withItems(items);
            }
            case BLIND_FILTER -> {
                items.removeIf(item -> item.path("id").asLong() % 3 == 0);
                yield page.withItems(items);
            }
            case FOREIGN_PAGE -> page.withItems(foreign.orElseThrow().items()).ending();
            default -> page;
        };
    }

    private static JsonNode middle(ListPage page) {
        return page.items().get(page.items().size() / 2);
    }

    private static Optional<String> amount(JsonNode item) {
        return AMOUNTS.stream().filter(field -> item.path(field).isTextual()
                && new BigDecimal(item.path(field).textValue()).signum() != 0).findFirst();
    }

    private static JsonNode altered(JsonNode item) {
        ObjectNode altered = item.deepCopy();
        String field = amount(item).orElseThrow();
        return altered.put(field, new BigDecimal(item.path(field).textValue()).add(CENT).toPlainString());
    }
}
