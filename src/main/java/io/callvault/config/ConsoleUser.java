// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.util.List;

/**
 * Somebody who may use the console.
 *
 * @param password the bcrypt hash of the password, or a reference to it
 * @param customers whom the user may see; empty for all
 */
public record ConsoleUser(String name, Secret password, List<String> customers) {

    public ConsoleUser {
        customers = List.copyOf(customers);
    }
}
