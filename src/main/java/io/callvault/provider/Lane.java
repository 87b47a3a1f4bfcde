// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider;

/**
 * One credential of a customer: one request budget for each API group.
 *
 * @param customer the customer's id
 * @param number from {@code 1}, in the order of the configuration
 * @param identity names server, application and credential without anything secret; equal for two customers that share
 *     the credential
 */
public record Lane(String customer, String number, String identity) {}
