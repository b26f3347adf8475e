// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// The walls between modules stand where House and Package.swift say.
///
/// The build rejects what no target declares, but takes what another target brings along.
@Suite struct WallTests {
  private let tree: SourceTree
  private let package: PackageManifest

  init() throws {
    tree = try SourceTree.shared.get()
    package = try PackageManifest(tree.text(of: "Package.swift"))
  }

  @Test func everyModuleImportsDownward() {
    var below: Set<String> = []
    for module in House.modules {
      let wrong = module.imports.subtracting(below).sorted()
      #expect(wrong.isEmpty, "\(module.name) may not import \(wrong): they do not stand below it")
      #expect(below.insert(module.name).inserted, "\(module.name) is listed twice")
    }
  }

  @Test func everyFileImportsWhatItsModuleMay() throws {
    for file in tree.sources {
      guard let module = House.modules.first(where: { $0.name == file.module }) else {
        Issue.record("\(file.path): House does not list \(file.module)")
        continue
      }
      let known = module.imports.union(House.systemModules)
      let wrong = Set(file.imports).subtracting(known).sorted()
      #expect(wrong.isEmpty, "\(file.path) imports \(wrong), which House does not allow")
    }
  }

  @Test func nothingIsAllowedThatNoFileImports() {
    for module in House.modules {
      let imports = tree.sources.filter { $0.module == module.name }.flatMap(\.imports)
      let idle = module.imports.subtracting(imports).sorted()
      #expect(idle.isEmpty, "House allows \(module.name) to import \(idle), and it does not")
    }
  }

  @Test func everyLibraryInCHasOneImporter() {
    let libraries = House.modules.map(\.name).filter { name in
      !tree.sources.contains { $0.module == name }
    }
    #expect(libraries.contains("CGSL") && libraries.contains("CYAML"))
    for library in libraries {
      let importers = House.modules.filter { $0.imports.contains(library) }.map(\.name)
      #expect(importers.count == 1, "\(library) is imported by \(importers)")
    }
  }

  @Test func thePackageDeclaresWhatTheHouseSays() throws {
    for module in House.modules {
      let target = package.targets.first { $0.name == module.name }
      let declared = try #require(target, "Package.swift lacks \(module.name)").dependencies
      #expect(
        declared == module.imports,
        "Package.swift declares for \(module.name): \(declared.sorted())")
    }
  }

  @Test func testsAndBenchmarksDeclareWhatTheyImport() {
    let others = package.targets.filter { !$0.folder.hasPrefix("Sources/") }
    #expect(others.count > 10)
    for target in others {
      let imports = Set(tree.files(in: target.folder).flatMap(\.imports))
        .subtracting(House.systemModulesOfTests)
      let missing = imports.subtracting(target.dependencies).sorted()
      let idle = target.dependencies.subtracting(imports).sorted()
      #expect(missing.isEmpty, "\(target.name) imports \(missing), which it does not declare")
      #expect(idle.isEmpty, "\(target.name) declares \(idle), which it does not import")
    }
  }

  @Test func everyTargetHasItsFolderAndEveryFolderIsATarget() throws {
    let declared = package.targets.map(\.folder).sorted()
    let found = try ["Sources", "Tests", "Benchmarks/Sources"].flatMap { parent in
      try tree.folders(in: parent).map { "\(parent)/\($0)" }
    }
    #expect(declared == found.sorted())
  }
}
