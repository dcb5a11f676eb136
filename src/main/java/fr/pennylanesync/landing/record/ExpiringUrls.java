package fr.pennylanesync.landing.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.stream.FileField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Takes file URLs out of records. The fields that a stream declares go in any case; a value in any other field goes if
 * it looks like a link that carries its own permission, because Pennylane adds fields without notice.
 */
public final class ExpiringUrls {

    private static final String SCHEME = "http";
    private static final String STORAGE = "active_storage";

    private static final Pattern CARRIES_PERMISSION = Pattern.compile(
            "https?://\\S*(?:active_storage|[?&](?:encrypted_id|signature|x-amz-[a-z-]+|sig|token|expires|expires_at|"
                    + "key-pair-id)=)\\S*",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern WITHIN_TEXT = Pattern.compile(
            "https?:(?:/|\\\\/){2}[^\\s\"]*(?:active_storage|[?&](?:encrypted_id|signature|x-amz-[a-z-]+|sig|token|"
                    + "expires|expires_at|key-pair-id)=)[^\\s\"]*",
            Pattern.CASE_INSENSITIVE);

    private ExpiringUrls() {}

    /** A text, such as a whole record in JSON, without the links in it that carry their own permission. */
    public static String withoutIn(String text) {
        return WITHIN_TEXT.matcher(text).replaceAll("(link)");
    }

    /** A copy of the record without its file URLs. */
    public static ObjectNode without(ObjectNode record, List<FileField> declared) {
        ObjectNode copy = record.deepCopy();
        for (FileField field : declared) {
            JsonNode holder = copy;
            for (String step : field.path().subList(0, field.path().size() - 1)) {
                holder = holder.path(step);
            }
            if (holder instanceof ObjectNode object) {
                object.remove(field.path().get(field.path().size() - 1));
            }
        }
        strip(copy);
        return copy;
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> gone = new ArrayList<>();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (looksExpiring(field.getValue())) {
                    gone.add(field.getKey());
                }
            }
            object.remove(gone);
        } else if (node instanceof ArrayNode array) {
            for (int i = array.size() - 1; i >= 0; i--) {
                if (looksExpiring(array.get(i))) {
                    array.remove(i);
                }
            }
        }
        node.forEach(ExpiringUrls::strip);
    }

    private static boolean looksExpiring(JsonNode value) {
        return value.isTextual() && value.textValue().regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && mayCarryPermission(value.textValue()) && CARRIES_PERMISSION.matcher(value.textValue()).matches();
    }

    /** Most links have neither a query nor a name of the store of files: these need no closer look. */
    private static boolean mayCarryPermission(String link) {
        if (link.indexOf('?') >= 0 || link.indexOf('&') >= 0) {
            return true;
        }
        int begin = STORAGE.indexOf('_');
        for (int at = link.indexOf('_'); at >= 0; at = link.indexOf('_', at + 1)) {
            if (link.regionMatches(true, at - begin, STORAGE, 0, STORAGE.length())) {
                return true;
            }
        }
        return false;
    }
}
