// SPDX-License-Identifier: Apache-2.0
/**
 * What somebody must be told, before anything is lost and without being told twice.
 *
 * <p>A <em>situation</em> is what is known of a customer at a moment: the ledger's facts, how its work stands, its disks and
 * credentials. The <em>judge</em> finds in it what is wrong, a <em>finding</em>. The <em>lookout</em> compares findings with
 * what the ledger remembers: one that lasts long enough is <em>raised</em>, one that is gone is <em>over</em>, and each is
 * written as a <em>notice</em> in the same transaction. The <em>post</em> brings notices to their channel, when that takes
 * them. Nothing here waits for archiving, and no archiving waits for it. The room knows neither Camel nor a mail server.
 */
package io.callvault.alarm;
