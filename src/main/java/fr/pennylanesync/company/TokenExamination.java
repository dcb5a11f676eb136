package fr.pennylanesync.company;

import fr.pennylanesync.failure.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Asks about every token file and concludes as a refresh would, without writing anything down. */
public final class TokenExamination {

    private final TokenDirectory tokens;
    private final Identifier identifier;

    public TokenExamination(TokenDirectory tokens, CompanyIdentity identity) {
        this.tokens = tokens;
        this.identifier = new Identifier(identity);
    }

    /** What a token file is good for. */
    public sealed interface Examined {

        String alias();

        record Good(String alias, long companyId, Scopes scopes) implements Examined {}

        record Refused(String alias, String code, String remedy) implements Examined {}

        /** Nobody can say at the moment. */
        record Unknown(String alias, String code, String remedy) implements Examined {}
    }

    /**
     * @param directoryFault set when the directory cannot be read: nothing is known then
     * @param tokens by alias
     */
    public record Result(Optional<ErrorCode> directoryFault, List<Examined> tokens) {}

    /** @param pinned the companies that are known already */
    public Result examine(List<Company> pinned) {
        TokenScan scan = tokens.scan();
        Map<String, Long> byAlias = new TreeMap<>();
        pinned.forEach(company -> byAlias.put(company.alias(), company.id()));
        List<Identifier.Question> questions = scan.files().keySet().stream().flatMap(alias -> scan.usable(alias).stream())
                .map(file -> new Identifier.Question(file, id(byAlias, file.alias()))).toList();
        Map<String, Identifier.Answer> answers = identifier.identify(questions);
        List<Examined> examined = new ArrayList<>();
        scan.files().values().forEach(file -> examined.add(examined(file, Optional.ofNullable(answers.get(file.alias())), byAlias)));
        return new Result(scan.fault(), examined);
    }

    private static OptionalLong id(Map<String, Long> byAlias, String alias) {
        return byAlias.containsKey(alias) ? OptionalLong.of(byAlias.get(alias)) : OptionalLong.empty();
    }

    private static Examined examined(TokenFile file, Optional<Identifier.Answer> answer, Map<String, Long> byAlias) {
        if (file instanceof TokenFile.Faulty faulty) {
            return new Examined.Refused(file.alias(), faulty.fault().name(), faulty.fault().explanation());
        }
        if (answer.isEmpty()) {
            return new Examined.Unknown(file.alias(), "OAUTH_SERVER_AWAY", "wait and repeat: no access token can be had now");
        }
        Identification identification = answer.get().identification();
        if (identification instanceof Identification.Known known) {
            return pinned(file.alias(), known, byAlias);
        }
        ErrorCode code = identification.problem().orElseThrow();
        return identification instanceof Identification.Deferred
                ? new Examined.Unknown(file.alias(), code.name(), code.explanation())
                : refused(file.alias(), code);
    }

    private static Examined pinned(String alias, Identification.Known known, Map<String, Long> byAlias) {
        if (byAlias.getOrDefault(alias, known.companyId()) != known.companyId()) {
            return refused(alias, CompanyErrorCode.WRONG_COMPANY);
        }
        boolean heldByOther = byAlias.entrySet().stream()
                .anyMatch(pin -> pin.getValue() == known.companyId() && !pin.getKey().equals(alias));
        if (heldByOther) {
            return refused(alias, CompanyErrorCode.COMPANY_HELD_BY_OTHER_ALIAS);
        }
        byAlias.put(alias, known.companyId());
        return new Examined.Good(alias, known.companyId(), known.scopes());
    }

    private static Examined refused(String alias, ErrorCode code) {
        return new Examined.Refused(alias, code.name(), code.explanation());
    }
}
