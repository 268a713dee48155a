import { describe, expect, test } from 'vitest'
import { refused } from './imported.ts'
import { modelV1, modelV2 } from './models.ts'

describe('what is no model says so in one message', () => {
  test.each([
    ['', 'json.empty', 'the file is empty'],
    ['  \n', 'json.empty', 'the file is empty'],
    ['PK\u0003\u0004\u0014\u0000\u0008x', 'import.zip', 'zip archive'],
    ['\uFFFDPNG\r\n\u001A\n\u0000', 'import.binary', 'binary'],
    ['%PDF-1.7\n', 'import.binary', 'binary'],
    ['\uFFFD\uFFFD{\u0000"\u0000a\u0000', 'import.binary', 'UTF-8'],
    ['<!DOCTYPE html><html></html>', 'import.html', 'web page'],
    ['<html lang="en">', 'import.html', 'web page'],
    ['<?xml version="1.0"?>\n<KnowledgeBase>', 'import.template', '.tb7'],
    ['<?xml version="1.0"?><svg/>', 'import.xml', 'XML'],
    ['sequenceDiagram\n  A->>B: x', 'mermaid.otherDiagram', 'sequenceDiagram'],
    ['otmVersion: 0.1.0\n  a: 1', 'yaml.syntax', ''],
    ['Dear team,\nhere is the model', 'import.notJson', 'plain text'],
    ['{"detail": {"diagrams": [', 'json.syntax', 'still open'],
    ['{"detail": }', 'json.syntax', 'expected a value'],
    ['[1, 2]', 'import.unknown', 'a list'],
    ['{}', 'import.unknown', 'empty'],
    ['{"name": "x", "jobs": {}}', 'import.unknown', '"name", "jobs"'],
    ['{"type": "object", "properties": {}}', 'import.notRead', 'JSON Schema'],
    ['{"otmVersion": "0.2.0", "components": {}}', 'otm.list', 'must be a list'],
    ['{"trust_zones": [], "scope": {}, "actors": 1}', 'tmLibrary.list', 'must be a list'],
    ['{"schema": 1, "applicationInfo": {}, "threats": 1}', 'threatComposer.list', 'must be a list'],
    ['{"bomFormat": "CycloneDX"}', 'cyclonedx.noModel', 'CycloneDX'],
    ['{"threatmodel": {}}', 'threatcl.noModel', 'threatmodel'],
    ['<cairis_model>', 'cairis.xml', 'XML'],
    ['threatmodel "x" {', 'hcl.syntax', ''],
    ['{"version": "2.1.0", "runs": []}', 'import.notRead', 'SARIF'],
    ['{"format": 1, "designId": "0123456789"}', 'import.notRead', 'design folder'],
    ['{"summary": {}, "details": {"diagrams": []}}', 'threatDragon.noDiagrams', 'a key "details"'],
    ['{"summary": {}, "detail": {"diagrams": 3}}', 'threatDragon.noDiagrams', 'detail.diagrams'],
    ['{"detail": null, "summary": {}}', 'threatDragon.noDiagrams', 'detail.diagrams'],
    ['{"detail": {"diagrams": [{"cells": {}}]}}', 'threatDragon.cells', 'an object'],
    ['{"detail": {"diagrams": [{"diagramJson": {"cells": "x"}}]}}', 'threatDragon.cells', 'a string'],
    ['{"skeptic": "bundle"}', 'bundle.notOne', 'bundle'],
    ['{"skeptic": "bundle", "files": {}}', 'format.missing', 'format'],
    ['{"skeptic": "bundle", "files": {"skeptic.json": {"format": 999}}}', 'format.newer', '999'],

    ['# a model\nthreagile_version: 1.0.0\ntechnical_assets: 3\n', 'threagile.section', '"technical_assets"'],
    ['{"threagile_version": "1.0.0", "data_assets": [1]}', 'threagile.section', 'a list'],
    ['{"elements": [], "flows": {}, "boundaries": []}', 'pytm.list', 'must be a list'],
    ['[{"SID": "INP01", "condition": "True"}]', 'import.rules', 'rules of pytm'],
    ['#!/usr/bin/env python3\nfrom pytm import TM\n', 'import.code', 'never run'],
    ['# model\nfrom pytm import TM, Server\n', 'import.code', 'never run'],
    ['digraph tm {\n  graph [\n', 'import.drawing', '.dot'],
    ['strict graph "a b" {', 'import.drawing', '.dot'],
    ['<ThreatModel xmlns="x">', 'tm7.xml', 'XML'],
    ['<?xml version="1.0"?><mxfile/>', 'drawio.noPages', 'draw.io'],
  ])('%j', (text, code, words) => {
    const problem = refused(text)
    expect(problem.code).toBe(code)
    expect(problem.message).toContain(words)
  })

  test('the place inside the file is named', () => {
    expect(refused('{"detail": {"diagrams": [{}, {"cells": 1}]}}').at).toBe('model.json:/detail/diagrams/1/cells')
    expect(refused('{"a": 1,\n "b"}').at).toBe('model.json:2:5')
  })
})

describe('a format that is asked for', () => {
  test('must be one that is read, and the one the file has', () => {
    expect(refused(modelV2(), { format: 'sarif' })).toMatchObject({
      code: 'import.format',
      cure: expect.stringContaining('threat-dragon-v2'),
    })
    expect(refused(modelV1(), { format: 'threat-dragon-v2' }).code).toBe('import.otherFormat')
  })
})
