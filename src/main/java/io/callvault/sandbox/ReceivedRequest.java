// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A request as the sandbox received it and what it answered.
 *
 * @param door where it came in
 * @param path decoded, without query
 * @param query raw, or null
 * @param parameters the query's parameters, decoded, in order
 * @param authorization which credential it carried, never the credential: {@code none}, {@code basic <client id>},
 *     {@code token <n> of <extension>}, the same with {@code expired} before it, or {@code unknown bearer}
 * @param range the header of that name, or null
 * @param userAgent the header of that name, or null
 * @param group what it was counted under, {@link RateGroup#NONE} if under nothing
 * @param user extension id whose budget was used, or null
 * @param isInsidePenalty whether it came in a penalty and so restarted it
 * @param unknownParameters query parameters that the endpoint does not have; the provider ignores such silently
 * @param at by the sandbox's clock
 * @param status of the answer; 0 if the connection was cut without one
 */
public record ReceivedRequest(
        Door door,
        String method,
        String path,
        String query,
        Map<String, List<String>> parameters,
        String authorization,
        String range,
        String userAgent,
        RateGroup group,
        String user,
        boolean isInsidePenalty,
        List<String> unknownParameters,
        Instant at,
        int status) {

    /** Whether it asked for a page of a listing: calls, messages, extensions, or a message sync. */
    public boolean isList() {
        return path.endsWith("/call-log")
                || path.endsWith("/message-store")
                || path.endsWith("/message-sync")
                || path.endsWith("/extension");
    }

    /** Whether it asked for the bytes of a recording or an attachment. */
    public boolean isContent() {
        return path.endsWith("/content") || path.contains("/content/");
    }
}
