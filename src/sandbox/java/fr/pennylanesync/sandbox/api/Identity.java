package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.sandbox.books.Profile;

/** {@code /me} and {@code /company/features}. */
final class Identity {

    private static final long USER_OFFSET = 600_000;

    private Identity() {}

    static ObjectNode me(ApiCall call) {
        Profile profile = call.books().profile();
        ObjectNode user = profile.owner() == null ? null
                : JsonNodeFactory.instance.objectNode()
                        .put("id", profile.id() + USER_OFFSET).put("first_name", profile.owner().first())
                        .put("last_name", profile.owner().last()).put("email", profile.email()).put("locale", "fr");
        ObjectNode company = JsonNodeFactory.instance.objectNode().put("id", profile.id()).put("name", profile.name())
                .put("reg_no", profile.numbers().siren()).put("accounting_logic", profile.accountingLogic());
        return Doc.anonymous(call.view(), profile.id()).node("user", user).node("company", company)
                .texts("scopes", call.scopes()).done();
    }

    static ObjectNode features(ApiCall call) {
        return features(call.books().profile());
    }

    /** Its fields are not published; these are plausible. */
    static ObjectNode features(Profile profile) {
        return JsonNodeFactory.instance.objectNode().put("pro_account", profile.proAccount())
                .put("analytical_accounting", true).put("e_invoicing", true);
    }
}
