package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.sandbox.books.Export;
import fr.pennylanesync.sandbox.books.ExportKind;
import fr.pennylanesync.sandbox.books.LedgerSnapshot;
import fr.pennylanesync.sandbox.books.Stamps;
import fr.pennylanesync.sandbox.books.Table;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;

/** Exports of the ledger: asked for by POST, looked at until ready. A company keeps the last 20. */
final class Exports {

    private static final int MOST_KEPT = 20;
    private static final Set<String> PERIOD = Set.of("period_start", "period_end");
    private static final Set<String> MODES = Set.of("in_line", "in_column");

    private Exports() {}

    static List<ApiEndpoint> endpoints(ExportKind kind) {
        SandboxScopes scopes = SandboxScopes.exactly(kind.scope());
        return List.of(ApiEndpoint.post(kind.path(), scopes, call -> create(call, kind)),
                ApiEndpoint.get(kind.path() + "/{id}", scopes, null, call -> show(call, kind)));
    }

    private static ObjectNode create(ApiCall call, ExportKind kind) {
        requireKnownKeys(call.body(), kind);
        LocalDate start = day(call.body(), "period_start");
        LocalDate end = day(call.body(), "period_end");
        if (start.isAfter(end)) {
            throw Problem.of(422, "period_end must be after period_start");
        }
        String mode = call.body().path("mode").asText("in_line");
        if (!MODES.contains(mode)) {
            throw Problem.invalid("NotEnumInclude", "\"" + mode + "\" isn't part of the enum", "mode");
        }
        Table<Export> exports = call.books().exports();
        long id = exports.size() == 0 ? call.books().companyId() * 1000 : exports.get(exports.size() - 1).id() + 1;
        long now = Stamps.micros(call.now());
        Export export = new Export(id, kind, new Stamps(now, now), mode.equals("in_column"),
                LedgerSnapshot.of(call.books(), start, end));
        exports.add(export);
        if (exports.size() > MOST_KEPT) {
            exports.remove(exports.get(0).id());
        }
        return head(export, call).done();
    }

    private static ObjectNode show(ApiCall call, ExportKind kind) {
        Export export = call.books().exports().find(call.id()).filter(found -> found.kind() == kind)
                .orElseThrow(Problem::notFound);
        FileKind file = kind == ExportKind.FEC ? FileKind.EXPORTED_TEXT : FileKind.EXPORTED_SHEET;
        return head(export, call).text("file_url", call.view()
                .file(file, export.id(), export.isReady(call.now()) ? file.extension() : null)).done();
    }

    private static Doc head(Export export, ApiCall call) {
        return Doc.of(call.view(), export.id()).text("status", export.isReady(call.now()) ? "ready" : "pending")
                .stamps(export.stamps());
    }

    private static void requireKnownKeys(JsonNode body, ExportKind kind) {
        if (!body.isObject()) {
            throw Problem.invalid("ValidateError", "expected object", "");
        }
        body.properties().forEach(property -> {
            boolean known = PERIOD.contains(property.getKey())
                    || kind == ExportKind.ANALYTICAL_GENERAL_LEDGER && property.getKey().equals("mode");
            if (!known) {
                throw Problem.invalid("NotExistPropertyDefinition", "schema does not define properties: "
                        + property.getKey(), property.getKey());
            }
        });
    }

    private static LocalDate day(JsonNode body, String name) {
        if (!body.has(name)) {
            throw Problem.invalid("NotExistRequiredKey", "missing required parameters: " + name, name);
        }
        try {
            return LocalDate.parse(body.path(name).asText());
        } catch (DateTimeParseException notDate) {
            throw Problem.invalid("InvalidDateFormat", "the value of " + name + " is not conformant with date format",
                    name);
        }
    }
}
