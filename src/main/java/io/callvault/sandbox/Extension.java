// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

/**
 * A row of the extension list.
 *
 * @param number null while the extension is unassigned
 * @param name null while the extension is unassigned
 */
record Extension(long id, String number, String name, String type, String status) {

    boolean isUser() {
        return type.equals("User") && status.equals("Enabled");
    }
}
