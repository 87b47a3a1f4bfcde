// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.callvault.error.ErrorCode;
import io.callvault.error.TryAgainException;
import io.callvault.json.ExactJson;
import io.callvault.json.RawPage;
import io.callvault.model.UtcTimes;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A page of any of RingCentral's lists, as text, and how its rows are read: words that are missing, empty or of another
 * kind are null (API reference, "Navigation" and "Paging").
 *
 * @param rows as they came
 * @param next absolute address of the next page; null on the last
 * @param refusedNext the same where it is not the API server's; null normally
 */
record Rows(List<String> rows, String next, String refusedNext) {

    /** The most that may be asked for; the answer says what it is. */
    static final int PER_PAGE = 1000;

    /**
     * @param what is listed, for a person
     * @throws TryAgainException if the body is no such page
     */
    static Rows of(RingCentralAccount account, byte[] body, String what) {
        RawPage page;
        try {
            page = RawPage.cut(body, "records");
        } catch (IOException e) {
            throw new TryAgainException(
                    ErrorCode.LISTING_UNREADABLE,
                    "Tried to list the " + what + " of customer " + account.customer()
                            + " but RingCentral answered with something that is not a page of them",
                    e);
        }
        String next = page.member("navigation").path("nextPage").path("uri").asText(null);
        if (next == null || next.isEmpty()) {
            return new Rows(page.elements(), null, null);
        }
        String absolute = account.address(next);
        return account.isServer(absolute)
                ? new Rows(page.elements(), absolute, null)
                : new Rows(page.elements(), null, absolute);
    }

    /** A row's JSON; missing when it is none. */
    static JsonNode json(String raw) {
        try {
            return ExactJson.MAPPER.readTree(raw);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** An id for a row that has none: made of its bytes, so that the same row has the same again. */
    static String unreadableId(String raw) {
        return "unreadable-" + ExactJson.sha256(raw).substring(0, 16);
    }

    static String text(JsonNode value) {
        return value.isValueNode() && !value.isNull() && !value.asText().isEmpty() ? value.asText() : null;
    }

    static Instant instant(JsonNode value) {
        String text = text(value);
        if (text == null) {
            return null;
        }
        Instant instant = UtcTimes.read(text);
        try {
            return instant != null ? instant : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A party's number; inside the company there may be a short one only. */
    static String number(JsonNode party) {
        String number = text(party.path("phoneNumber"));
        return number != null ? number : text(party.path("extensionNumber"));
    }

    /** As a value in a query. */
    static String time(Instant instant) {
        return encode(instant.truncatedTo(ChronoUnit.MILLIS).toString());
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
