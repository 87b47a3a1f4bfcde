// SPDX-License-Identifier: Apache-2.0
package io.callvault.model;

/**
 * One binary of one customer.
 *
 * @param customer the customer's id
 * @param item kind and the provider's id, for example {@code recording/9900112233005} or
 *     {@code attachment/5550000000004-8880000000044}
 */
public record ItemKey(String customer, String item) {

    /** The provider's id without the kind: what {@code {id}} means in a path. */
    public String id() {
        return item.substring(item.indexOf('/') + 1);
    }
}
