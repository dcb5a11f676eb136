package fr.pennylanesync.sandbox.http;

import fr.pennylanesync.sandbox.api.ApiCall;
import fr.pennylanesync.sandbox.api.ApiEndpoint;
import fr.pennylanesync.sandbox.api.Catalog;
import fr.pennylanesync.sandbox.api.PageFaults;
import fr.pennylanesync.sandbox.api.Parameters;
import fr.pennylanesync.sandbox.api.Problem;
import fr.pennylanesync.sandbox.api.View;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.export.ExportFile;
import fr.pennylanesync.sandbox.export.FecForm;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Answers authorised requests: finds the operation, checks scopes, runs it. */
final class ApiDesk {

    private final World world;
    private final Function<Books, View> views;
    private final PageFaults pageFaults;
    private volatile FecForm fecForm = FecForm.USUAL;
    private final InstantSource clock;

    ApiDesk(World world, Function<Books, View> views, PageFaults pageFaults, InstantSource clock) {
        this.world = world;
        this.views = views;
        this.pageFaults = pageFaults;
        this.clock = clock;
    }

    /** From now on files of accounting entries have this form. */
    void writeFecs(FecForm form) {
        fecForm = form;
    }

    SandboxAnswer answer(TokenDesk.Grant grant, String method, String path, String uri, RequestBody body) {
        try {
            List<String> segments = segments(path);
            ApiEndpoint endpoint = Catalog.find(method, segments).orElseThrow(() -> unknown(segments));
            requireScope(endpoint, grant);
            List<Long> ids = endpoint.ids(segments)
                    .orElseThrow(() -> Problem.invalid("ValidateError", "expected integer, but received String", "id"));
            Books books = world.books(grant.companyId());
            ApiCall call = new ApiCall(books, views.apply(books), path, ids, Parameters.of(uri), grant.scopes(),
                    clock.instant(), pageFaults, body.json());
            return endpoint.creates() ? SandboxAnswer.json(201, books.change(() -> endpoint.handler().apply(call)))
                    : SandboxAnswer.json(200, books.read(() -> endpoint.handler().apply(call)));
        } catch (Problem problem) {
            return SandboxAnswer.json(problem.status(), problem.body());
        }
    }

    /** The company that owns the record which the path names. */
    OptionalLong owner(String path) {
        List<String> segments = segments(path);
        return Catalog.find("GET", segments).filter(endpoint -> endpoint.subject() != null)
                .flatMap(endpoint -> endpoint.ids(segments).filter(ids -> !ids.isEmpty())
                        .flatMap(ids -> world.companies().stream()
                                .filter(books -> endpoint.subject().holds(books, ids.get(0))).findFirst()))
                .map(books -> OptionalLong.of(books.companyId())).orElse(OptionalLong.empty());
    }

    /** The file of an export; nothing when the export is forgotten. */
    Optional<byte[]> export(FileVault.Ticket ticket) {
        Books books = world.books(ticket.companyId());
        return books.read(() -> books.exports().find(ticket.recordId()))
                .map(export -> ExportFile.bytes(export, fecForm));
    }

    private static Problem unknown(List<String> segments) {
        return Catalog.knows(segments) ? Problem.of(405, "Method Not Allowed") : Problem.notFound();
    }

    /** Both published texts are served: the OpenAPI's on streams and records, the guide's on lists under a record. */
    private static void requireScope(ApiEndpoint endpoint, TokenDesk.Grant grant) {
        if (endpoint.scopes().allow(grant.scopes())) {
            return;
        }
        String scope = endpoint.scopes().least();
        throw endpoint.isTopLevel() ? Problem.of(403, "Access to this resource requires scope \"" + scope + "\".")
                : Problem.guide(403, "forbidden", "Missing scope: " + scope);
    }

    private static List<String> segments(String path) {
        return Arrays.asList(path.substring(1).split("/", -1));
    }
}
