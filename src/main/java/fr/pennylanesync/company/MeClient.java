package fr.pennylanesync.company;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.ApiBase;
import fr.pennylanesync.api.ApiClient;
import fr.pennylanesync.api.HttpSettings;
import fr.pennylanesync.api.PennylaneTransport;
import fr.pennylanesync.api.RequestMeter;
import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.budget.RateBudgets;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.token.Scopes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Asks {@code /me} to whom a token belongs. Every company token may ask that, without any scope.
 *
 * <p>A token that names no company (a null, a 403, a 404) or more than one is refused: a Firm API token serves all the
 * companies of an accounting firm and must never be mistaken for one company's. Pennylane answers 401 for a missing,
 * invalid or expired token alike, and for a Firm token most likely too: that is a refused token. Anything that may pass
 * (no connection, 429, 5xx, not JSON) defers the question; nothing is concluded from it.
 */
public final class MeClient implements AutoCloseable {

    private static final String ME = "/me";
    private static final Set<ErrorCode> NAMES_NO_COMPANY =
            Set.of(ApiErrorCode.FORBIDDEN, ApiErrorCode.SCOPE_MISSING, ApiErrorCode.NOT_FOUND);

    private final ProbeCredentials probes = new ProbeCredentials();
    private final RateBudgets budgets;
    private final SlotWait slotWait;
    private final ApiClient client;

    /**
     * Asks without waiting for a slot; see
     * {@link #MeClient(ApiBase, HttpSettings, RateBudgets, RequestMeter, SlotWait)}.
     */
    public MeClient(ApiBase base, HttpSettings http, RateBudgets budgets, RequestMeter meter) {
        this(base, http, budgets, meter, SlotWait.NONE);
    }

    /**
     * @param budgets of the companies: asking about a company's own token counts in its budget
     * @param meter told of each request, under an id that is no company's
     * @param slotWait how long a question is asked again that was answered 429
     */
    public MeClient(ApiBase base, HttpSettings http, RateBudgets budgets, RequestMeter meter, SlotWait slotWait) {
        this.budgets = budgets;
        this.slotWait = slotWait;
        PennylaneTransport transport = new PennylaneTransport(
                base, probes, probe -> budgets.of(probes.budgetOf(probe)), http, meter);
        this.client = new ApiClient(base, http, transport);
    }

    /** Asks about a token that no company is known for. Never throws for what the server does. */
    public Identification identify(Secret token) {
        return identify(token, OptionalLong.empty());
    }

    /**
     * Asks about a token that somebody wants to put in place.
     *
     * @throws SyncException if it names no company, or if nobody can say
     */
    Identification.Known require(Secret token) {
        Identification identification = identify(token);
        if (identification instanceof Identification.Known known) {
            return known;
        }
        throw refusal(identification.problem().orElseThrow());
    }

    /** Says that the answer to the question forbids the token. */
    static SyncException refusal(ErrorCode code) {
        return FailureFacts.at(ME).failure(code);
    }

    /** Asks about a token that most likely belongs to this company. */
    public Identification identify(Secret token, OptionalLong companyId) {
        SlotWait.Turn turn = slotWait.turn();
        Identification answer = ask(token, companyId);
        while (isLimited(answer) && turn.again()) {
            answer = ask(token, companyId);
        }
        return answer;
    }

    private static boolean isLimited(Identification answer) {
        return answer instanceof Identification.Deferred deferred && deferred.code() == ApiErrorCode.RATE_LIMITED;
    }

    private Identification ask(Secret token, OptionalLong companyId) {
        long probe = probes.begin(token, companyId);
        try {
            return read(client.record(probe, Priority.CHANGES, ME));
        } catch (SyncException failure) {
            return conclude(failure.code());
        } finally {
            probes.end(probe);
            budgets.forget(probe);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static Identification conclude(ErrorCode code) {
        if (code == ApiErrorCode.TOKEN_REFUSED) {
            return new Identification.TokenNotAccepted(code);
        }
        return NAMES_NO_COMPANY.contains(code)
                ? new Identification.TokenNotAccepted(CompanyErrorCode.NO_COMPANY)
                : new Identification.Deferred(code);
    }

    private static Identification read(ObjectNode me) {
        JsonNode company = me.path("company");
        if (company.isArray() || me.path("companies").size() > 1) {
            return new Identification.TokenNotAccepted(CompanyErrorCode.SEVERAL_COMPANIES);
        }
        if (company.isNull() || company.isMissingNode()) {
            boolean envelope = me.has("company") || me.has("user") || me.has("scopes");
            return envelope
                    ? new Identification.TokenNotAccepted(CompanyErrorCode.NO_COMPANY)
                    : new Identification.Deferred(ApiErrorCode.NOT_AN_ENVELOPE);
        }
        return known(company, me.path("scopes"));
    }

    private static Identification known(JsonNode company, JsonNode scopes) {
        JsonNode id = company.path("id");
        boolean readable = id.isIntegralNumber() && id.canConvertToLong() && id.longValue() > 0 && scopes.isArray();
        if (!readable) {
            return new Identification.Deferred(ApiErrorCode.NOT_AN_ENVELOPE);
        }
        List<String> names = new ArrayList<>();
        scopes.forEach(scope -> names.add(scope.asText()));
        return new Identification.Known(
                id.longValue(), company.path("name").asText(""), company.path("reg_no").asText(""), Scopes.of(names));
    }
}
