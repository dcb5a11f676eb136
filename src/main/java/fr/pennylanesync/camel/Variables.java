package fr.pennylanesync.camel;

import fr.pennylanesync.pass.OpenPass;
import org.apache.camel.Exchange;

/** The exchange variables that the routes and the processors share: our state lives in variables, headers are only for protocols. */
final class Variables {

    static final String COMPANY_ID = "companyId";
    static final String STREAM_NAME = "streamName";
    static final String PASS = "pass";

    private Variables() {}

    static long companyId(Exchange exchange) {
        return exchange.getVariable(COMPANY_ID, Long.class);
    }

    static OpenPass pass(Exchange exchange) {
        return exchange.getVariable(PASS, OpenPass.class);
    }
}
