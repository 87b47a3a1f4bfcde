// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The resolved secrets of some customers and of their targets. Its text form shows none of them. */
public final class Secrets {

    private final Map<String, List<String>> byKey = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<String> refused = new TreeSet<>();

    private Secrets() {}

    static Secrets resolve(Configuration configuration, Collection<String> customerIds, Placeholders placeholders) {
        Secrets secrets = new Secrets();
        for (String id : new LinkedHashSet<>(customerIds)) {
            CustomerSettings customer = configuration.customers().get(id);
            if (customer == null) {
                throw new IllegalArgumentException("no customer " + id);
            }
            for (Key key : configuration.providerOf(customer).keys().values()) {
                for (Secret secret : customer.own().secretsOf(key.name())) {
                    secrets.resolve(
                            "customer." + id + "." + key.name(), secret.raw(), key.list(), Set.of(id), placeholders);
                }
            }
        }
        secrets.resolveTargets(configuration, customerIds, placeholders);
        return secrets;
    }

    /** Only those of the targets: for commands that never ask a provider. */
    static Secrets ofTargets(Configuration configuration, Collection<String> customerIds, Placeholders placeholders) {
        Secrets secrets = new Secrets();
        secrets.resolveTargets(configuration, customerIds, placeholders);
        return secrets;
    }

    /** Only those that alarms need, under the names of their keys. */
    static Secrets ofAlarms(Configuration configuration, Collection<String> customerIds, Placeholders placeholders) {
        Secrets secrets = new Secrets();
        secrets.alarm("alarm.mail.user", configuration.alarms().mail().user(), placeholders);
        secrets.alarm("alarm.mail.password", configuration.alarms().mail().password(), placeholders);
        AlarmRules common = configuration.alarms().common();
        secrets.webhook("alarm.", common, placeholders);
        for (String id : customerIds) {
            AlarmRules own = configuration.alarms().of(id);
            if (!own.hasSameWebhook(common)) {
                secrets.webhook("customer." + id + ".alarm.", own, placeholders);
            }
        }
        return secrets;
    }

    private void webhook(String prefix, AlarmRules rules, Placeholders placeholders) {
        alarm(prefix + "webhook.url", rules.webhookUrl(), placeholders);
        alarm(prefix + "webhook.token", rules.webhookToken(), placeholders);
    }

    /** @param secret null when there is none */
    private void alarm(String key, Secret secret, Placeholders placeholders) {
        if (secret == null) {
            return;
        }
        try {
            String value = placeholders.resolve(secret.raw()).strip();
            if (value.isEmpty()) {
                problems.add(Problems.line(key, Problems.MASK, "what it refers to is empty"));
            } else if (key.endsWith("webhook.url") && !ValueType.isWebAddress(value)) {
                problems.add(Problems.line(
                        key, Problems.MASK, "must be an https address; plain http for this machine only"));
            } else {
                byKey.put(key, List.of(value));
            }
        } catch (Placeholders.MissingException e) {
            problems.add(Problems.line(key, Problems.MASK, e.getMessage() + "; without it no alarm can be sent"));
        }
    }

    private void resolveTargets(
            Configuration configuration, Collection<String> customerIds, Placeholders placeholders) {
        Map<String, Set<String>> users = new LinkedHashMap<>();
        for (String id : customerIds) {
            configuration.customers().get(id).targets().forEach(target -> users.computeIfAbsent(
                            target, name -> new TreeSet<>())
                    .add(id));
        }
        users.forEach((name, customers) -> {
            TargetSettings target = configuration.targets().get(name);
            target.values().forEach((key, raw) -> {
                if (target.secretKeys().contains(key)) {
                    resolve("target." + name + "." + key, raw, false, customers, placeholders);
                }
            });
        });
    }

    /** @param several whether what a reference leads to may be a list as well */
    private void resolve(
            String key, String raw, boolean several, Set<String> customers, Placeholders placeholders) {
        String missing = null;
        try {
            String resolved = placeholders.resolve(raw).strip();
            for (String value : several ? Lists.split(resolved) : List.of(resolved)) {
                if (value.isEmpty()) {
                    missing = "what it refers to is empty";
                } else {
                    byKey.computeIfAbsent(key, name -> new ArrayList<>()).add(value);
                }
            }
        } catch (Placeholders.MissingException e) {
            missing = e.getMessage();
        }
        if (missing != null) {
            refused.addAll(customers);
            problems.add(Problems.line(
                    key,
                    Problems.MASK,
                    missing + "; without it " + (customers.size() == 1 ? "customer " : "customers ")
                            + String.join(", ", customers) + " cannot be archived"));
        }
    }

    /** One line each: the key, what is missing, and which customers it concerns. Empty when all is there. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** The customers that lack a secret of their own or of one of their targets. */
    public Set<String> refusedCustomers() {
        return Set.copyOf(refused);
    }

    /** @throws StopAllException (CONFIGURATION) that lists all problems, when there are any */
    public Secrets orStop() {
        if (!problems.isEmpty()) {
            throw new StopAllException(ErrorCode.CONFIGURATION, String.join(System.lineSeparator(), problems));
        }
        return this;
    }

    /** The secrets or credentials of a customer's key; empty when it is not set or could not be resolved. */
    public List<String> ofCustomer(String customer, String key) {
        return List.copyOf(byKey.getOrDefault("customer." + customer + "." + key, List.of()));
    }

    /** The secret of a key of the alarms; null when it is not set or could not be resolved. */
    public String ofAlarm(String key) {
        return byKey.containsKey(key) ? byKey.get(key).get(0) : null;
    }

    @Override
    public String toString() {
        return "Secrets" + byKey.keySet();
    }
}
