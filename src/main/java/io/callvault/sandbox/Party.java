// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

/**
 * One end of a call or message. Every part may be null.
 *
 * @param number E.164
 * @param extension null for somebody outside
 */
record Party(String number, String name, String location, Extension extension) {

    static Party inside(Extension extension) {
        return new Party(Company.MAIN_NUMBER, extension.name(), null, extension);
    }

    /** Nobody knows who: the row has no such party at all. */
    static Party unknown() {
        return null;
    }
}
