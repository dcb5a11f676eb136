package fr.pennylanesync.api;

import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;

/**
 * For whom a request is, as its two headers say. They never leave the runtime.
 *
 * @param companyId the company whose token and budget are used
 * @param priority its urgency; a walk when nothing is said
 */
record RequestOrigin(long companyId, Priority priority) {

    private static final Pattern ID = Pattern.compile("-?[0-9]{1,18}");

    static RequestOrigin of(ClassicHttpRequest request, String path) {
        Header[] companies = request.getHeaders(SyncHeaders.COMPANY);
        if (companies.length != 1 || !ID.matcher(companies[0].getValue()).matches()) {
            throw FailureFacts.at(path).failure(ApiErrorCode.COMPANY_MISSING);
        }
        return new RequestOrigin(Long.parseLong(companies[0].getValue()), priority(request, path));
    }

    private static Priority priority(ClassicHttpRequest request, String path) {
        Header[] priorities = request.getHeaders(SyncHeaders.PRIORITY);
        if (priorities.length == 0) {
            return Priority.WALK;
        }
        for (Priority priority : Priority.values()) {
            if (priorities.length == 1 && priority.name().equals(priorities[0].getValue())) {
                return priority;
            }
        }
        throw FailureFacts.at(path).failure(ApiErrorCode.PRIORITY_UNKNOWN);
    }
}
