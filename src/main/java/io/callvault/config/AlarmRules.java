// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;

/**
 * Who is told, and from when on something is an alarm.
 *
 * @param mailTo addresses; empty when nobody gets mail
 * @param webhookUrl null when nothing is posted
 * @param webhookToken null when none is sent along
 * @param digest when the daily digest goes out; null for never
 * @param deadItems so many, at least 1
 * @param diskFreeBelow bytes
 */
public record AlarmRules(
        List<String> mailTo,
        Secret webhookUrl,
        Secret webhookToken,
        LocalTime digest,
        long deadItems,
        Duration firstLossWithin,
        Duration targetDownFor,
        Duration notListedFor,
        Duration incompleteFor,
        Duration credentialsExpireWithin,
        long diskFreeBelow) {

    public AlarmRules {
        mailTo = List.copyOf(mailTo);
        digest = LocalTime.MAX.equals(digest) ? null : digest;
    }

    /** Whether what is posted goes to the same place with the same token. */
    public boolean hasSameWebhook(AlarmRules other) {
        return Objects.equals(webhookUrl, other.webhookUrl) && Objects.equals(webhookToken, other.webhookToken);
    }

    static AlarmRules of(Values values) {
        return new AlarmRules(
                values.list("mail.to", String.class),
                values.secret("webhook.url"),
                values.secret("webhook.token"),
                values.time("digest"),
                values.number("dead-items"),
                values.duration("first-loss-within"),
                values.duration("target-down-for"),
                values.duration("not-listed-for"),
                values.duration("incomplete-for"),
                values.duration("credentials-expire-within"),
                values.number("disk-free-below"));
    }
}
