// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is configured of alarms.
 *
 * @param common for the installation itself
 * @param customers by the customer's id, what is not set for it being as for the installation
 */
public record AlarmSettings(Mail mail, AlarmRules common, Map<String, AlarmRules> customers) {

    public AlarmSettings {
        customers = Collections.unmodifiableMap(new LinkedHashMap<>(customers));
    }

    /** The rules of a customer. */
    public AlarmRules of(String customer) {
        return customers.getOrDefault(customer, common);
    }

    /**
     * The mail server.
     *
     * @param port 0 for no mail
     * @param security {@code starttls}, {@code tls} or {@code none}
     * @param certificates PEM file of what is believed instead of what Java believes; null for the latter
     * @param user null when nobody signs in
     * @param password null when nobody signs in
     */
    public record Mail(
            String server, int port, String security, Path certificates, Secret user, Secret password, String from) {}
}
