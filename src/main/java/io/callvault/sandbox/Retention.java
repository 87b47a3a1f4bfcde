// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

/**
 * What the account's settings say of how long things are kept; nothing is deleted by it.
 *
 * @param automaticDays recordings made by themselves
 * @param onDemandDays recordings begun by hand
 * @param messageDays voicemails and received faxes; null where the user may not read that setting
 */
public record Retention(int automaticDays, int onDemandDays, Integer messageDays) {

    /** As the provider publishes it, and as an archive without the right to change settings sees it. */
    public static final Retention PUBLISHED = new Retention(90, 90, null);
}
