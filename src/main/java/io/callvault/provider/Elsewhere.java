// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider;

import io.callvault.error.ErrorCode;
import io.callvault.error.SkipRecordException;
import io.callvault.error.TryAgainException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.ExchangeException;
import org.apache.camel.Headers;
import org.apache.camel.Variable;

/**
 * A binary on a host that is not the provider's, where a redirect or an address led. Nothing of the customer's is sent
 * there, and nothing inside the operator's own network can be reached this way.
 */
public final class Elsewhere {

    /** Sets the headers of a GET without any credential. */
    public Object prepare(
            @Variable("customer") String customer,
            @Variable("address") String address,
            @Variable("subject") String subject,
            @Variable("offset") Long offset,
            @Headers Map<String, Object> headers) {
        headers.clear(); // nothing of an earlier step goes along
        if (!isPublic(address)) {
            throw new TryAgainException(
                    ErrorCode.CONTENT_FOREIGN,
                    "Tried to " + subject + " of customer " + customer
                            + " but was sent to another host that is not a public https address; not followed");
        }
        headers.put("CamelHttpUri", address);
        headers.put("CamelHttpMethod", "GET");
        headers.put("Accept", "*/*");
        headers.put("Accept-Encoding", "identity");
        headers.put("User-Agent", "Callvault");
        if (offset != null && offset > 0) {
            headers.put("Range", "bytes=" + offset + "-");
        }
        return null;
    }

    /** Good answers, redirects and 416 are returned; all others are failures of the item. */
    public Answer check(
            @Body Answer answer, @Variable("customer") String customer, @Variable("subject") String subject) {
        if (answer.status() / 100 == 2 || answer.status() == 416 || answer.isRedirect()) {
            return answer;
        }
        answer.discard();
        String tried = "Tried to " + subject + " of customer " + customer
                + " where its provider had sent us but was answered " + answer.status();
        if (answer.status() == 404 || answer.status() == 410) {
            throw new SkipRecordException(ErrorCode.CONTENT_MISSING, tried, answer.status(), null);
        }
        throw new TryAgainException(ErrorCode.CONTENT_FOREIGN, tried);
    }

    /** No answer came. */
    public void network(
            @Variable("customer") String customer,
            @Variable("subject") String subject,
            @ExchangeException Exception failure) {
        throw new TryAgainException(
                ErrorCode.CONTENT_FOREIGN,
                "Tried to " + subject + " of customer " + customer
                        + " where its provider had sent us but it could not be reached",
                failure);
    }

    private static boolean isPublic(String address) {
        try {
            URI uri = URI.create(address);
            if (!"https".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null || uri.getRawUserInfo() != null) {
                return false;
            }
            for (InetAddress each : InetAddress.getAllByName(uri.getHost())) {
                if (each.isLoopbackAddress()
                        || each.isAnyLocalAddress()
                        || each.isLinkLocalAddress()
                        || each.isSiteLocalAddress()
                        || each.isMulticastAddress()
                        || isUniqueLocal(each)) {
                    return false;
                }
            }
            return true;
        } catch (IllegalArgumentException | UnknownHostException e) {
            return false;
        }
    }

    /** fc00::/7 (RFC 4193) and 100.64.0.0/10 (RFC 6598), which Java does not count as local. */
    private static boolean isUniqueLocal(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16
                ? (bytes[0] & 0xfe) == 0xfc
                : (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
    }
}
