// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.error.ErrorCode;
import io.callvault.error.TryAgainException;
import io.callvault.json.RawPage;
import java.io.IOException;
import java.util.List;

/**
 * A page of any of Kazoo's lists, as text.
 *
 * @param rows as they came, but for secrets in addresses ({@link Redaction}): nothing behind this ever sees one
 * @param nextKey what the next page begins with; null on the last. How many rows came says nothing of it
 */
record Rows(List<String> rows, String nextKey) {

    /** Asked for; the source knows no most, but one request should not take long. */
    static final int PER_PAGE = 200;

    /** Asked for at most, where rows that share a key do not fit a page. */
    private static final int MOST = 12_800;

    /**
     * @param what is listed, for a person
     * @throws TryAgainException if the body is no such page
     */
    static Rows of(String customer, byte[] body, String what) {
        try {
            RawPage page = RawPage.cut(body, "data");
            if (page.member("status").asText("success").equals("success")) {
                JsonNode key = page.member("next_start_key");
                String next = key.isValueNode() ? key.asText("") : key.isMissingNode() ? "" : key.toString();
                List<String> rows = page.elements().stream().map(Redaction::row).toList();
                return new Rows(rows, next.isEmpty() || key.isNull() ? null : next);
            }
        } catch (IOException e) {
            throw unreadable(customer, what, e);
        }
        throw unreadable(customer, what, null);
    }

    private static TryAgainException unreadable(String customer, String what, IOException cause) {
        return new TryAgainException(
                ErrorCode.LISTING_UNREADABLE,
                "Tried to list the " + what + " of customer " + customer
                        + " but Kazoo answered with something that is not a page of them",
                cause);
    }

    /**
     * Address of the next page: the same, from the next key on. A key does not always name one row alone (4.3: voicemails,
     * faxes, accounts). When so many rows share one that it comes back as the next, a longer page gets past them.
     *
     * @return null on the last page; the same address when nothing gets past
     */
    String next(String address) {
        if (nextKey == null) {
            return null;
        }
        String key = Address.encode(nextKey);
        if (!key.equals(Address.parameter(address, "start_key"))) {
            return Address.with(address, "start_key", key);
        }
        long size = Address.number(address, "page_size");
        return size >= MOST ? address : Address.with(address, "page_size", size * 4);
    }
}
