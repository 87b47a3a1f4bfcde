// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.error.ErrorCode;
import io.callvault.error.TryAgainException;
import io.callvault.json.ExactJson;
import io.callvault.provider.Inquiry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long an account keeps recordings (API reference, "Call recording settings": for each of two types, 90 days by
 * default), and voicemails and received faxes ("Message store configuration": 7 to 90 days). The second can only be read
 * with EditAccounts, a right to change things, so a refusal is what to expect.
 */
final class Retentions {

    static final String AUTOMATIC = "automatic-recording";
    static final String ON_DEMAND = "on-demand-recording";
    static final String MESSAGE = "message";

    private static final String GROUP = "light";
    private static final String RECORDINGS = "call-recording";
    private static final String MESSAGES = "message-store-configuration";

    /** No plan keeps anything longer; what is more is no number of days. */
    private static final long MOST_DAYS = 36_500;

    private Retentions() {}

    static List<Inquiry> inquiries(RingCentralAccount account, Collection<String> feeds) {
        List<Inquiry> inquiries = new ArrayList<>();
        if (feeds.contains("calls")) {
            inquiries.add(inquiry(account, RECORDINGS, "learn how long recordings are kept"));
        }
        if (feeds.contains("messages") && account.messageRetention() == null) {
            inquiries.add(inquiry(account, MESSAGES, "learn how long voicemails and received faxes are kept"));
        }
        return inquiries;
    }

    private static Inquiry inquiry(RingCentralAccount account, String name, String subject) {
        return new Inquiry(name, subject, GROUP, account.address("/restapi/v1.0/account/~/" + name));
    }

    static Map<String, Duration> read(RingCentralAccount account, Inquiry inquiry, byte[] body) {
        JsonNode answer = json(body);
        if (!answer.isObject()) {
            throw new TryAgainException(
                    ErrorCode.PROVIDER_BUSY,
                    "Tried to " + inquiry.subject() + " for customer " + account.customer()
                            + " but RingCentral answered with something that does not say");
        }
        Map<String, Duration> learned = new HashMap<>();
        if (inquiry.name().equals(RECORDINGS)) {
            put(learned, AUTOMATIC, answer.path("automatic"));
            put(learned, ON_DEMAND, answer.path("onDemand"));
        } else {
            put(learned, MESSAGE, answer);
        }
        return learned;
    }

    private static void put(Map<String, Duration> learned, String name, JsonNode settings) {
        JsonNode days = settings.path("retentionPeriod");
        if (days.isIntegralNumber() && days.canConvertToLong() && days.longValue() > 0 && days.longValue() <= MOST_DAYS) {
            learned.put(name, Duration.ofDays(days.longValue()));
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            JsonNode read = ExactJson.MAPPER.readTree(body);
            return read == null ? ExactJson.MAPPER.nullNode() : read;
        } catch (IOException e) {
            return ExactJson.MAPPER.nullNode();
        }
    }
}
