// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.error.ErrorCode;
import io.callvault.error.TryAgainException;
import io.callvault.exchange.Variables;
import io.callvault.provider.Answer;
import io.callvault.spool.Download;
import java.net.URI;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The content routes' own steps: where the next request goes on, and what its answer brought. */
public final class ContentSteps {

    private static final int HOPS = 5;

    /**
     * Takes an answer, and sets how many bytes are here and the address to ask next: where a redirect leads, or the same again while a part is missing;
     * none when the item is whole.
     */
    public void take(
            @Body Answer answer,
            @Variable(Variables.DOWNLOAD) Download download,
            @Variable(Variables.ADDRESS) String address,
            @Variable(Variables.SUBJECT) String subject,
            @org.apache.camel.Variables Map<String, Object> variables) {
        String next = next(answer, download, address, subject);
        variables.put(Variables.OFFSET, download.received());
        if (next == null) {
            variables.remove(Variables.ADDRESS);
        } else {
            variables.put(Variables.ADDRESS, next);
        }
    }

    private static String next(Answer answer, Download download, String address, String subject) {
        if (answer.isRedirect()) {
            answer.discard();
            if (download.redirected() > HOPS) {
                throw new TryAgainException(
                        ErrorCode.CONTENT_FOREIGN, "Tried to " + subject + " but it was redirected again and again");
            }
            String location = answer.header("Location");
            // Without one the request is to be repeated (RingCentral's guide, "Redirects").
            return location == null ? address : resolve(address, location, subject);
        }
        boolean isWhole = download.take(
                answer.status(),
                answer.number("Content-Length"),
                answer.header("Content-Range"),
                answer.header("Content-Type"),
                answer.body());
        return isWhole ? null : address;
    }

    private static String resolve(String address, String location, String subject) {
        try {
            return address.startsWith("/") && location.startsWith("/")
                    ? location
                    : URI.create(address).resolve(location).toString();
        } catch (IllegalArgumentException e) {
            throw new TryAgainException(
                    ErrorCode.CONTENT_FOREIGN, "Tried to " + subject + " but it was redirected to what is no address");
        }
    }
}
