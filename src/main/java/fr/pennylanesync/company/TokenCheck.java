package fr.pennylanesync.company;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.token.Company;
import fr.pennylanesync.token.Scopes;
import fr.pennylanesync.token.TokenDirectory;
import fr.pennylanesync.token.TokenFile;
import fr.pennylanesync.token.TokenScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Asks about every token file and concludes as a refresh would, without writing anything down. */
public final class TokenCheck {

    private final TokenDirectory tokens;
    private final TokenIdentifier tokenIdentifier;

    public TokenCheck(TokenDirectory tokens, MeClient meClient) {
        this.tokens = tokens;
        this.tokenIdentifier = new TokenIdentifier(meClient);
    }

    /** Says what a token file is good for. */
    public sealed interface CheckedToken {

        String alias();

        record Good(String alias, long companyId, Scopes scopes) implements CheckedToken {}

        record Unusable(String alias, String code, String remedy) implements CheckedToken {}

        /** Nobody can say at the moment. */
        record Unknown(String alias, String code, String remedy) implements CheckedToken {}
    }

    /**
     * @param directoryFault set when the directory cannot be read: nothing is known then
     * @param tokens by alias
     */
    public record TokenCheckResult(Optional<ErrorCode> directoryFault, List<CheckedToken> tokens) {}

    /** @param pinned the companies that are known already */
    public TokenCheckResult examine(List<Company> pinned) {
        TokenScan scan = tokens.scan();
        Map<String, Long> byAlias = new TreeMap<>();
        pinned.forEach(company -> byAlias.put(company.alias(), company.id()));
        List<TokenIdentifier.Question> questions =
                scan.files().keySet().stream().flatMap(alias -> scan.usable(alias).stream())
                        .map(file -> new TokenIdentifier.Question(file, id(byAlias, file.alias()))).toList();
        Map<String, TokenIdentifier.IdentifiedToken> answers = tokenIdentifier.identify(questions);
        List<CheckedToken> examined = new ArrayList<>();
        scan.files().values()
                .forEach(file -> examined.add(examined(file, Optional.ofNullable(answers.get(file.alias())), byAlias)));
        return new TokenCheckResult(scan.fault(), examined);
    }

    private static OptionalLong id(Map<String, Long> byAlias, String alias) {
        return byAlias.containsKey(alias) ? OptionalLong.of(byAlias.get(alias)) : OptionalLong.empty();
    }

    private static CheckedToken examined(TokenFile file, Optional<TokenIdentifier.IdentifiedToken> answer,
            Map<String, Long> byAlias) {
        if (file instanceof TokenFile.Faulty faulty) {
            return new CheckedToken.Unusable(file.alias(), faulty.fault().name(), faulty.fault().explanation());
        }
        if (answer.isEmpty()) {
            return new CheckedToken.Unknown(file.alias(), "OAUTH_SERVER_AWAY",
                    "wait and repeat: no access token can be had now");
        }
        Identification identification = answer.get().identification();
        if (identification instanceof Identification.Known known) {
            return pinned(file.alias(), known, byAlias);
        }
        ErrorCode code = identification.problem().orElseThrow();
        return identification instanceof Identification.Deferred
                ? new CheckedToken.Unknown(file.alias(), code.name(), code.explanation())
                : refused(file.alias(), code);
    }

    private static CheckedToken pinned(String alias, Identification.Known known, Map<String, Long> byAlias) {
        if (byAlias.getOrDefault(alias, known.companyId()) != known.companyId()) {
            return refused(alias, CompanyErrorCode.WRONG_COMPANY);
        }
        boolean heldByOther = byAlias.entrySet().stream()
                .anyMatch(pin -> pin.getValue() == known.companyId() && !pin.getKey().equals(alias));
        if (heldByOther) {
            return refused(alias, CompanyErrorCode.COMPANY_HELD_BY_OTHER_ALIAS);
        }
        byAlias.put(alias, known.companyId());
        return new CheckedToken.Good(alias, known.companyId(), known.scopes());
    }

    private static CheckedToken refused(String alias, ErrorCode code) {
        return new CheckedToken.Unusable(alias, code.name(), code.explanation());
    }
}
