// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider;

import io.callvault.error.ErrorCode;
import io.callvault.error.TryAgainException;
import io.callvault.exchange.Variables;
import io.callvault.gate.Passage;
import java.util.Map;
import org.apache.camel.ExchangeException;
import org.apache.camel.Variable;

/** What every provider's requests with a token have in common: to whom the token may go, and what is said when nobody answers. */
public abstract class Requests {

    protected static final String USER_AGENT = "Callvault";

    private final String name;
    private final String servers;

    /**
     * @param name the provider's, for people
     * @param servers whose addresses may see the token, to follow "the address is not"
     */
    protected Requests(String name, String servers) {
        this.name = name;
        this.servers = servers;
    }

    /** Whether the token of this customer may be sent to the address. */
    protected abstract boolean isOwn(String customer, String address);

    /** True if the token may be sent to the address. */
    public final boolean owns(
            @Variable(Variables.CUSTOMER) String customer, @Variable(Variables.ADDRESS) String address) {
        return isOwn(customer, address);
    }

    /** No answer came. */
    public final void network(
            @Variable(Variables.CUSTOMER) String customer,
            @Variable(Variables.SUBJECT) String subject,
            @Variable(Variables.PASSAGE) Passage passage,
            @ExchangeException Exception failure) {
        passage.unanswered();
        throw new TryAgainException(
                ErrorCode.PROVIDER_UNREACHABLE,
                "Tried to " + subject + " for customer " + customer + " but " + name + " could not be reached: "
                        + failure.getMessage(),
                failure);
    }

    /** Refuses to send the token elsewhere. */
    protected final void requireOwn(String customer, String address) {
        if (!isOwn(customer, address)) {
            throw new TryAgainException(
                    ErrorCode.CONTENT_FOREIGN,
                    "Tried to ask for customer " + customer + " but the address is not " + servers);
        }
    }

    /** The token to send, which the passage remembers. */
    protected static String sent(Passage passage, Tokens.Token token, String customer) {
        if (token == null) {
            throw new TryAgainException(
                    ErrorCode.TOKEN_REJECTED, "The token of customer " + customer + " was refused a moment ago");
        }
        passage.sentWith(token.number());
        return token.value();
    }

    /** Sets what goes with a request that gives something up, unless the last look says that it must not leave. */
    protected static void removal(Map<String, Object> headers, Removal removal, Runnable lastLook) {
        lastLook.run();
        headers.put("CamelHttpMethod", removal.method());
        headers.put("User-Agent", USER_AGENT);
        headers.put("Accept", "application/json");
        if (removal.body() != null) {
            headers.put("Content-Type", "application/json");
        }
    }

    /**
     * Sets what goes with every GET.
     *
     * @param offset how much of a binary is here; null when no binary is asked for
     * @param accept what may be answered
     */
    protected static void get(Map<String, Object> headers, Long offset, String accept) {
        headers.put("User-Agent", USER_AGENT);
        headers.put("Accept-Encoding", offset == null ? "gzip" : "identity");
        headers.put("Accept", accept);
        if (offset != null && offset > 0) {
            headers.put("Range", "bytes=" + offset + "-");
        }
    }
}
