// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.AlarmRules;
import io.callvault.config.AlarmSettings;
import io.callvault.config.Secrets;
import io.callvault.error.ErrorCode;
import io.callvault.error.TryAgainException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.ExchangeException;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.apache.camel.Variable;

/** The addresses that alarms are posted to, and what their answers mean. Bean of routes/alarm/webhook.camel.yaml. */
public final class AlarmWebhook {

    private final Map<String, Hook> hooks = new LinkedHashMap<>();

    /** @param ids the customers; the installation itself is the empty id */
    AlarmWebhook(AlarmSettings settings, List<String> ids, Secrets secrets) {
        add("", settings.common(), "alarm.", secrets);
        for (String id : ids) {
            AlarmRules own = settings.of(id);
            if (!own.hasSameWebhook(settings.common())) {
                add(id, own, "customer." + id + ".alarm.", secrets);
            } else if (hooks.containsKey("")) {
                hooks.put(id, hooks.get(""));
            }
        }
    }

    private void add(String id, AlarmRules rules, String prefix, Secrets secrets) {
        if (rules.webhookUrl() != null) {
            hooks.put(
                    id,
                    new Hook(secrets.ofAlarm(prefix + "webhook.url"), secrets.ofAlarm(prefix + "webhook.token")));
        }
    }

    /** The first customer that has the same address; null when this one has none. */
    String destination(String customer) {
        Hook own = hooks.get(customer);
        return own == null
                ? null
                : hooks.entrySet().stream()
                        .filter(each -> each.getValue().equals(own))
                        .findFirst()
                        .orElseThrow()
                        .getKey();
    }

    /** Sets the headers of a POST; the body stays. */
    public void prepare(@Variable("customer") String customer, @Headers Map<String, Object> headers) {
        Hook hook = hooks.get(customer);
        headers.put("CamelHttpUri", hook.url());
        headers.put("CamelHttpMethod", "POST");
        headers.put("Content-Type", "application/json; charset=UTF-8");
        headers.put("User-Agent", "Callvault");
        if (hook.token() != null) {
            headers.put("Authorization", "Bearer " + hook.token());
        }
    }

    /** Only 2xx means that it was taken. */
    public void check(@Variable("customer") String customer, @Header("CamelHttpResponseCode") int status) {
        if (status / 100 != 2) {
            throw new TryAgainException(
                    ErrorCode.ALARM_NOT_SENT,
                    "Tried to post alarms to " + of(customer) + " but was answered " + status
                            + ". They are kept and sent later; look at the address and the token");
        }
    }

    /** No answer came. */
    public void network(@Variable("customer") String customer, @ExchangeException Exception failure) {
        throw new TryAgainException(
                ErrorCode.ALARM_NOT_SENT,
                "Tried to post alarms to " + of(customer) + " but it could not be reached ("
                        + failure.getClass().getSimpleName() + "). They are kept and sent later",
                failure);
    }

    private static String of(String customer) {
        return customer.isEmpty() ? "alarm.webhook.url" : "customer." + customer + ".alarm.webhook.url";
    }

    private record Hook(String url, String token) {}
}
