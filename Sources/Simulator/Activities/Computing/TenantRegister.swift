// SPDX-License-Identifier: GPL-3.0-or-later
internal import Traffic

/// Whose jobs they are: the tenants of the model, and users of traces as they first come.
struct TenantRegister {
  private(set) var tenants: [Tenant]
  private var users: [User: Int32] = [:]

  private struct User: Hashable {
    var entry: Int32
    var number: Int
  }

  init(_ model: ComputingModel) {
    tenants = model.tenants
  }

  subscript(number: Int32) -> Tenant? { number < 0 ? nil : tenants[Int(number)] }

  /// The number of the tenant of a job; -1 where nobody says whose it is.
  mutating func number(of job: OfferedJob, _ terms: JobEntry, at entry: Int32) -> Int32 {
    guard terms.usersAreTenants, let user = job.user else { return Int32(terms.tenant ?? -1) }
    let key = User(entry: entry, number: user)
    if let known = users[key] { return known }
    let number = Int32(tenants.count)
    users[key] = number
    tenants.append(Tenant(name: "\(terms.name)/user-\(user)"))
    return number
  }
}
