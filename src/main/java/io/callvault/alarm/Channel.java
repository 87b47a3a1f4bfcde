// SPDX-License-Identifier: Apache-2.0
package io.callvault.alarm;

/** A way to tell somebody. */
public interface Channel {

    /** {@code mail} or {@code webhook}. */
    String name();

    /**
     * Where a customer's notices go in this way, without anything secret; equal for customers that share it.
     *
     * @param customer the customer's id; empty for the installation itself
     * @return null when the customer has none
     */
    String destination(String customer);

    /**
     * Sends, and returns when it was taken. Blocks for some seconds at most.
     *
     * @throws io.callvault.error.TryAgainException (ALARM_NOT_SENT) if it was not; without a secret
     */
    void send(String destination, Letter letter);
}
